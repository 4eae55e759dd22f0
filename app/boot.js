// Runs before the first paint: sets theme and language as the person left them, starts the app, and tells the person
// when it stopped: by then nothing of the app itself can.
(() => {
  const page = document.documentElement;
  const kept = (key) => {
    try {
      return localStorage.getItem(`plumbline.${key}`);
    } catch {
      return null; // storage is switched off: the system's theme and the first language
    }
  };
  const theme = kept("theme");
  if (theme === "light" || theme === "dark") page.dataset.theme = theme;
  if (kept("locale") === "en") page.lang = "en";

  const zh = {
    loading: "载入中",
    failed: "准绳没有载入，已存的内容都在。",
    retry: "重试",
    stopped: "准绳出错，已停下",
    saved: "已存的草稿都在。重新载入后接着办；刚才那一步办成没有，载入后先看一眼。",
    unsaved: "这个浏览器存不了草稿，未提交的内容要重录：请先抄下来。刚才那一步办成没有，载入后先看一眼。",
    stay: "先看看本页",
    reload: "重新载入",
  };
  const en = {
    loading: "Loading",
    failed: "Plumbline could not be loaded. Nothing is lost.",
    retry: "Try again",
    stopped: "Plumbline has stopped on an error",
    saved: "Saved drafts are all there. Reload and go on; check first whether the last step was done.",
    unsaved:
      "This browser keeps no drafts: copy what is not submitted before you reload. Check then whether the last step was done.",
    stay: "Look at the page first",
    reload: "Reload",
  };
  // The language may have been changed since the page began.
  const words = () => (page.lang === "en" ? en : zh);

  const make = (name, parts, ...children) => {
    const element = Object.assign(document.createElement(name), parts);
    element.append(...children);
    return element;
  };

  const failed = (error) => {
    console.error(error);
    const skeleton = document.getElementById("skeleton");
    if (!skeleton) return; // the app has taken the page over and words its own errors
    skeleton.removeAttribute("aria-busy");
    const text = make("p", { textContent: words().failed, role: "alert" });
    const button = make("button", { className: "btn", textContent: words().retry });
    button.addEventListener("click", () => location.reload());
    skeleton.querySelector("main").replaceChildren(make("div", { className: "empty" }, text, button));
  };

  // Drafts are sealed before they are stored, which only a page that came safely can do.
  const keepsDrafts = () => {
    try {
      return Boolean(globalThis.crypto?.subtle && localStorage);
    } catch {
      return false;
    }
  };

  let told = false;
  const stopped = () => {
    if (told) return;
    told = true;
    const { stopped: title, saved, unsaved, stay, reload } = words();
    const go = make("button", { className: "btn", type: "button", textContent: reload });
    go.dataset.v = "primary";
    go.addEventListener("click", () => location.reload());
    const look = make("button", { className: "btn", type: "button", textContent: stay });
    const dialog = make(
      "dialog",
      { className: "pop dialog", role: "alertdialog", id: "stopped" },
      make("header", { id: "stopped-title", textContent: title }),
      make("div", { className: "body", id: "stopped-text", textContent: keepsDrafts() ? saved : unsaved }),
      make("footer", {}, look, go),
    );
    dialog.setAttribute("aria-labelledby", "stopped-title");
    dialog.setAttribute("aria-describedby", "stopped-text");
    // What is on the page can still be read and copied; nothing of it acts any more, and the way on stays in sight.
    look.addEventListener("click", () => {
      dialog.close();
      look.remove();
      dialog.show();
    });
    dialog.addEventListener("cancel", (event) => event.preventDefault());
    // A dialog of the app that is open would lie above this one or hold the focus.
    document.querySelectorAll("dialog[open]").forEach((open) => open.close());
    document.body.append(dialog);
    dialog.showModal();
    go.focus();
  };
  addEventListener("plumbline-stopped", stopped);
  // Where the machine itself gave up – no memory, too deep – there was no panic to hear.
  const trapped = (error) => {
    if (error instanceof WebAssembly.RuntimeError) stopped();
  };
  addEventListener("error", (event) => trapped(event.error));
  addEventListener("unhandledrejection", (event) => trapped(event.reason));

  const assets = page.dataset.assets;
  const app = import(`${assets}/app.js`);
  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("[data-words]").forEach((part) => {
      part.textContent = words()[part.dataset.words];
    });
    app.then(({ default: start }) => start({ module_or_path: `${assets}/app_bg.wasm` })).catch(failed);
  });
})();
