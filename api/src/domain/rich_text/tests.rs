use super::*;

fn setting(language: &str, heading_offset: u8) -> Setting<'_> {
    let charts = "https://api.example/charts/".into();
    Setting { language, heading_offset, origin: "https://beacon.example".into(), charts }
}

fn html(markdown: &str) -> String {
    let html = RichText::parse(markdown).html(&setting("en", 0), &OwnWords);
    let inner =
        html.strip_prefix("<div lang=\"en\" dir=\"ltr\">").and_then(|html| html.strip_suffix("</div>"));
    inner.expect("one element around it").to_owned()
}

fn targets(markdown: &str) -> Vec<String> {
    RichText::parse(markdown).references().into_iter().map(|reference| reference.target.clone()).collect()
}

#[test]
fn headings_move_down_and_stop_at_six() {
    let moved =
        |markdown, heading_offset| RichText::parse(markdown).html(&setting("en", heading_offset), &OwnWords);
    assert_eq!(moved("## A", 1), "<div lang=\"en\" dir=\"ltr\"><h3 id=\"a\">A</h3>\n</div>");
    assert!(moved("###### A", 4).contains("<h6 id=\"a\">"));
}

#[test]
fn hashtags_are_set_apart_where_words_run_from_right_to_left() {
    let told = |language, markdown| RichText::parse(markdown).html(&setting(language, 0), &OwnWords);
    assert_eq!(
        told("fa", "با #EndHumanTrafficking و #هشتگ."),
        "<div lang=\"fa\" dir=\"rtl\"><p>با <bdi>#EndHumanTrafficking</bdi> و <bdi>#هشتگ</bdi>.</p>\n</div>"
    );
    assert!(told("en", "With #EndHumanTrafficking.").contains("<p>With #EndHumanTrafficking.</p>"));
}

#[test]
fn anchors_are_unique_and_do_not_follow_what_references_show() {
    let text = RichText::parse(
        "# Help\n\n## Help\n\n# Help 2\n\n## Help\n\n## [[statistic:women-share]] of *victims*",
    );
    let anchors: Vec<&str> = text.headings().map(|heading| heading.anchor.as_str()).collect();
    assert_eq!(anchors, ["help", "help-2", "help-2-2", "help-3", "women-share-of-victims"]);
}

#[test]
fn nothing_that_runs_comes_through() {
    for hostile in [
        "<script>alert(1)</script>",
        "[a](javascript:alert(1))",
        "[a](JaVaScRiPt:alert(1))",
        "[a](&#106;avascript:alert(1))",
        "[a](data:text/html,x)",
        "[a](//evil.example)",
        "[a](http://plain.example)",
        "![a](https://evil.example/x.png)",
        "<img src=x onerror=alert(1)>",
        "[a](https://x.example \"\" onclick=alert(1))",
        "[[post:x|<img src=x onerror=alert(1)>]]",
        "[[post:x\" onclick=\"alert(1)]]",
        "`</code><script>`",
        "```\n</pre><script>\n```",
    ] {
        let safe = html(hostile);
        for needle in ["<script", "=\"javascript", "=\"data", "=\"//", "=\"http:", "<img", "<a onclick"] {
            assert!(!safe.to_lowercase().contains(needle), "{hostile} gave {safe}");
        }
    }
}

#[test]
fn of_images_only_charts_come_through() {
    struct Chart(&'static str);
    impl Show for Chart {
        fn span(&self, _: &Reference) -> Shown {
            Shown::default()
        }
        fn block_html(&self, _: &Reference) -> String {
            format!(
                "<picture><source srcset=\"{0}\"></picture><img src=\"{0}\" alt=\"A\" width=\"9\" height=\"9\" onerror=\"x()\"><a href=\"http://x.example\">b</a>",
                self.0
            )
        }
        fn block_text(&self, _: &Reference) -> String {
            String::new()
        }
    }
    let html = |src| RichText::parse("[[chart:a]]").html(&setting("en", 0), &Chart(src));
    let own = html("https://api.example/charts/a.svg");
    assert!(
        own.contains("<img src=\"https://api.example/charts/a.svg\" alt=\"A\" width=\"9\" height=\"9\">"),
        "{own}"
    );
    assert!(own.contains("<a>b</a>"), "{own}");
    let two = html("https://api.example/charts/a.svg, https://evil.example/b.svg");
    assert!(!two.contains("src") && !two.contains("evil"), "{two}");
    assert!(!html("https://evil.example/charts/a.svg").contains("src="));
}

#[test]
fn links_elsewhere_do_not_tell_where_they_come_from() {
    assert_eq!(
        html(
            "[a](https://x.example \"T\") [b](https://beacon.example/c) [d](/e?f=1&g) [h](#i) [j](mailto:k@l.example)"
        ),
        "<p><a href=\"https://x.example\" title=\"T\" rel=\"noopener noreferrer\">a</a> \
         <a href=\"https://beacon.example/c\">b</a> <a href=\"/e?f=1&amp;g\">d</a> <a href=\"#i\">h</a> \
         <a href=\"mailto:k@l.example\">j</a></p>\n"
    );
    assert!(html("[a](https://beacon.example.evil.example/)").contains("noopener"));
}

#[test]
fn what_is_too_much_is_noticed() {
    assert_eq!(fault("> > > - quoted *and* listed"), None);
    assert!(fault(&format!("{} x", ">".repeat(5_000))).is_some());
    assert!(fault(&format!("{}x", "- ".repeat(40))).is_some());
    assert_eq!(fault(&"[[post:a]] ".repeat(MAX_REFERENCES)), None);
    assert!(fault(&"[[post:a]] ".repeat(MAX_REFERENCES + 1)).is_some());
    assert_eq!(RichText::parse(&">".repeat(5_000)).blocks.len(), 1);
}

#[test]
fn persian_runs_from_right_to_left() {
    let html = RichText::parse("سلام\n\n| a | b |\n|---|--:|\n| 1 | 2 |").html(&setting("fa", 0), &OwnWords);
    assert!(html.starts_with("<div lang=\"fa\" dir=\"rtl\">"));
    assert!(html.contains("<td align=\"left\">2</td>"));
}

#[test]
fn plain_text_keeps_the_order_of_things() {
    let text = RichText::parse(
        "# Title\n\nOne *two*\nthree.\\\nfour\n\n1. a\n2. b\n   - inner\n\n- c\n\n- d\n\n  e\n\n> quoted `code`\n\n***\n\n| x | y |\n|---|---|\n| 1 | 2 |\n\n<b>raw</b>",
    );
    assert_eq!(
        text.own_words(),
        "Title\n\nOne two three.\nfour\n\n1. a\n2. b\n- inner\n\n- c\n\n- d\n\ne\n\nquoted code\n\nx\ty\n1\t2\n\n<b>raw</b>"
    );
}

#[test]
fn html_keeps_the_shape_of_things() {
    assert_eq!(
        html(
            "One **two *three*** ~~four~~\\\nfive & [six **seven**](/8)\n\n3. a\n   - b\n4. c\n\n> d\n\n---\n\n    <e>\n\n| f |\n|:-:|"
        ),
        "<p>One <strong>two <em>three</em></strong> <del>four</del><br>\nfive &amp; <a href=\"/8\">six <strong>seven</strong></a></p>\n\
         <ol start=\"3\">\n<li>a\n<ul>\n<li>b</li>\n</ul>\n</li>\n<li>c</li>\n</ol>\n<blockquote>\n<p>d</p>\n</blockquote>\n<hr>\n\
         <pre><code>&lt;e&gt;</code></pre>\n<table>\n<thead>\n<tr><th align=\"center\">f</th></tr>\n</thead>\n</table>\n"
    );
}

#[test]
fn references_are_found_wherever_words_may_stand() {
    let everywhere = "# [[post:a]]\n\n- [[post:b]]\n\n> [[post:c|C]]\n\n| [[post:d\\|D]] |\n|---|\n| [[post:e]] |\n\n\
        *so **[[post:f]]*** [see [[post:g]]](/x) an [open bracket and [[post:h|H]]\n\n[[post:i]]";
    let expected = ["a", "b", "c", "d", "e", "f", "g", "h", "i"].map(|slug| format!("post:{slug}"));
    assert_eq!(targets(everywhere), expected);
}

#[test]
fn what_is_written_as_code_or_escaped_is_no_reference() {
    let none: Vec<String> = Vec::new();
    assert_eq!(
        targets("`[[post:a]]` \\[[post:b]] [\\[post:c]] [[d]] [[ ]] [[:e]] [[Post:f]]\n\n    [[post:g]]"),
        none
    );
    assert_eq!(
        RichText::parse("See [[note]] and [[note|words]].").own_words(),
        "See [[note]] and [[note|words]]."
    );
}

#[test]
fn a_reference_says_what_it_leads_to_and_where_it_was_written() {
    let text = RichText::parse(
        "Sá says: [[statistic:women-share@2016/17|about half]].\n\nAnd [[image:x]] [[post:y@1]]",
    );
    let references = text.references();
    let pinned = references[0];
    assert_eq!((pinned.kind, pinned.slug.as_str()), (Some(Kind::Statistic), "women-share"));
    assert_eq!((pinned.period.as_deref(), pinned.text.as_deref()), (Some("2016/17"), Some("about half")));
    assert_eq!(pinned.position, Position { line: 1, column: 10 });
    assert_eq!((references[1].kind, references[1].position), (None, Position { line: 3, column: 5 }));
    assert_eq!((references[2].slug.as_str(), references[2].period.as_deref()), ("y@1", None));
}

#[test]
fn a_reference_alone_in_a_paragraph_is_a_block() {
    let is_block =
        |markdown: &str| matches!(RichText::parse(markdown).blocks.as_slice(), [Block::Reference(_)]);
    assert!(is_block("[[contact:safe-phone]]"));
    assert!(is_block("  [[post:a|Words]]  "));
    assert!(!is_block("**[[post:a]]**"));
    assert!(!is_block("[[post:a]] [[post:b]]"));
    assert!(!is_block("> [[post:a]]"));
}

#[test]
fn words_of_scripts_without_spaces_are_counted_by_their_characters() {
    assert_eq!(words("Don't count 2,000 words — twice!"), 5);
    assert_eq!(words("人身取引に反対する"), 5);
    assert_eq!(words(""), 0);
}
