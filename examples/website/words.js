// What the page itself says around the content. Everything else comes from the API.

const words = {
  en: {
    skip: "Skip to the text", help: "Get help", leave: "Leave now:", escape: "or press Escape twice",
    languages: "Language", note: "Before you read", contents: "On this page", text: "The article",
    by: "By", published: "Published", updated: "Last changed", reading: "Reading time in minutes:",
    figures: "The figures", period: "Period:", sources: "Sources", definition: "What is counted", chart: "The chart as a table and in words", csv: "Download as CSV",
    due: "This figure is due to be looked at again.",
    campaign: "The campaign", theme: "Theme:", noTheme: "The theme has not been announced yet.", when: "When:", days: "Days to go:", live: "It is on now.", ended: "It is over.",
    provisional: "not yet confirmed", hashtags: "Hashtags", actions: "What you can do", share: "Share it",
    open: "Open", characters: (length, limit) => `${length} of ${limit} characters`, sms: "Text message", email: "E-mail",
    notes: "Stay safe", related: "Read next", reuse: "Use this text",
    loading: "Loading the page.", loaded: "The page has loaded.", refreshed: "The opening times are up to date again.",
    stale: "The opening times could not be checked again and may have changed. The numbers still hold.",
    missing: "There is no such page.", failed: "The page cannot be loaded at the moment. Please try again in a minute.", again: "Try again",
    fallback: (name) => `This page is not available in the language you asked for. You are reading it in this language: ${name}.`,
  },
  cy: {
    skip: "Neidio i'r testun", help: "Cael help", leave: "Gadael nawr:", escape: "neu bwyswch Escape ddwywaith",
    languages: "Iaith", note: "Cyn i chi ddarllen", contents: "Ar y dudalen hon", text: "Yr erthygl",
    by: "Gan", published: "Cyhoeddwyd", updated: "Newidiwyd ddiwethaf", reading: "Amser darllen mewn munudau:",
    figures: "Y ffigurau", period: "Cyfnod:", sources: "Ffynonellau", definition: "Beth sy'n cael ei gyfrif", chart: "Y siart fel tabl ac mewn geiriau", csv: "Lawrlwytho fel CSV",
    due: "Mae'n bryd edrych ar y ffigur hwn eto.",
    campaign: "Yr ymgyrch", theme: "Thema:", noTheme: "Nid yw'r thema wedi ei chyhoeddi eto.", when: "Pryd:", days: "Diwrnodau i fynd:", live: "Mae'n digwydd nawr.", ended: "Mae wedi dod i ben.",
    provisional: "heb ei gadarnhau eto", hashtags: "Hashnodau", actions: "Beth allwch chi ei wneud", share: "Ei rannu",
    open: "Agor", characters: (length, limit) => `${length} o ${limit} nod`, sms: "Neges destun", email: "E-bost",
    notes: "Cadw'n ddiogel", related: "Darllen nesaf", reuse: "Defnyddio'r testun hwn",
    loading: "Yn llwytho'r dudalen.", loaded: "Mae'r dudalen wedi llwytho.", refreshed: "Mae'r oriau agor yn gyfredol eto.",
    stale: "Nid oedd modd gwirio'r oriau agor eto, ac efallai eu bod wedi newid. Mae'r rhifau'n dal yn gywir.",
    missing: "Nid oes tudalen o'r fath.", failed: "Nid oes modd llwytho'r dudalen ar hyn o bryd. Rhowch gynnig arall arni mewn munud.", again: "Ceisio eto",
    fallback: (name) => `Nid yw'r dudalen hon ar gael yn yr iaith y gofynnoch amdani. Rydych yn ei darllen yn yr iaith hon: ${name}.`,
    months: ["Ionawr", "Chwefror", "Mawrth", "Ebrill", "Mai", "Mehefin", "Gorffennaf", "Awst", "Medi", "Hydref", "Tachwedd", "Rhagfyr"],
  },
  fa: {
    skip: "رفتن به متن", help: "کمک بگیرید", leave: "خروج فوری:", escape: "یا دو بار کلید Escape را بزنید",
    languages: "زبان", note: "پیش از خواندن", contents: "در این صفحه", text: "متن",
    by: "نویسنده:", published: "تاریخ انتشار", updated: "آخرین تغییر", reading: "زمان خواندن به دقیقه:",
    figures: "آمار", period: "دوره:", sources: "منابع", definition: "چه چیزی شمرده شده است", chart: "نمودار به صورت جدول و متن", csv: "دریافت به صورت CSV",
    due: "زمان بازبینی این رقم رسیده است.",
    campaign: "کارزار", theme: "موضوع:", noTheme: "موضوع هنوز اعلام نشده است.", when: "زمان:", days: "روزهای باقی‌مانده:", live: "هم‌اکنون در جریان است.", ended: "به پایان رسیده است.",
    provisional: "هنوز قطعی نیست", hashtags: "هشتگ‌ها", actions: "چه کاری از شما برمی‌آید", share: "هم‌رسانی",
    open: "باز کردن", characters: (length, limit) => `${length} از ${limit} نویسه`, sms: "پیامک", email: "ایمیل",
    notes: "ایمن بمانید", related: "مطالب بعدی", reuse: "استفاده از این متن",
    loading: "صفحه در حال بارگذاری است.", loaded: "صفحه بارگذاری شد.", refreshed: "ساعت‌های پاسخ‌گویی دوباره به‌روز شد.",
    stale: "بررسی دوبارهٔ ساعت‌های پاسخ‌گویی ممکن نشد و شاید تغییر کرده باشند. شماره‌ها همچنان درست‌اند.",
    missing: "چنین صفحه‌ای وجود ندارد.", failed: "اکنون بارگذاری صفحه ممکن نیست. لطفاً یک دقیقهٔ دیگر دوباره امتحان کنید.", again: "تلاش دوباره",
    fallback: (name) => `این صفحه به زبانی که خواستید موجود نیست. آن را به این زبان می‌خوانید: ${name}.`,
  },
};

const base = (language) => language.split("-")[0].toLowerCase();

/** The words for a language; English for one that the page does not speak. */
export const wordsFor = (language) => words[base(language)] ?? words.en;

/** The language that those words are in. */
export const spoken = (language) => (base(language) in words ? base(language) : "en");

export const number = (value, language) => new Intl.NumberFormat(language).format(value);

/** A day in words, from a date or a moment. Few browsers know the Welsh months. */
export function day(value, language) {
  const date = new Date(value);
  const months = wordsFor(language).months;
  if (months) return `${date.getUTCDate()} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
  const region = language === "en" ? "en-GB" : language;
  return new Intl.DateTimeFormat(region, { dateStyle: "long", calendar: "gregory", timeZone: "UTC" }).format(date);
}
