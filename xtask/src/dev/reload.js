
// Development only: index.html names its build, so a new tag means a new site.
{
  let shown;
  setInterval(async () => {
    const tag = await fetch("/", { method: "HEAD" }).then((answer) => answer.headers.get("etag"), () => null);
    if (!tag) return; // the server is starting again
    if (shown && tag !== shown) location.reload();
    shown = tag;
  }, 700);
}
