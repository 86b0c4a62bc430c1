// A fast way off the page that leaves no step back to it.

function leave(url) {
  document.body.hidden = true;
  document.title = "";
  location.replace(url);
}

let url = null;
let last = 0;

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.repeat || !url) return;
  if (event.timeStamp - last < 1000) leave(url);
  last = event.timeStamp;
});

/** Makes `link` lead to the exit; without an exit there is no link. */
export function armExit(link, exit) {
  url = exit?.url ?? null;
  link.hidden = !exit;
  if (!exit) return;
  link.href = exit.url;
  link.onclick = (event) => {
    event.preventDefault();
    leave(exit.url);
  };
}
