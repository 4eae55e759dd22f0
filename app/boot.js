// Runs before the first paint: sets theme and language as the person left them, then starts the app.
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
  const english = kept("locale") === "en";
  if (english) page.lang = "en";

  const words = english
    ? { loading: "Loading", failed: "Plumbline could not be loaded. Nothing is lost.", retry: "Try again" }
    : { loading: "载入中", failed: "准绳没有载入，已存的内容都在。", retry: "重试" };

  const failed = (error) => {
    console.error(error);
    const skeleton = document.getElementById("skeleton");
    if (!skeleton) return; // the app has taken the page over and words its own errors
    skeleton.removeAttribute("aria-busy");
    const text = Object.assign(document.createElement("p"), { textContent: words.failed });
    text.setAttribute("role", "alert");
    const button = Object.assign(document.createElement("button"), { className: "btn", textContent: words.retry });
    button.addEventListener("click", () => location.reload());
    const box = Object.assign(document.createElement("div"), { className: "empty" });
    box.append(text, button);
    skeleton.querySelector("main").replaceChildren(box);
  };

  const assets = page.dataset.assets;
  const app = import(`${assets}/app.js`);
  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("[data-words]").forEach((part) => {
      part.textContent = words[part.dataset.words];
    });
    app.then(({ default: start }) => start({ module_or_path: `${assets}/app_bg.wasm` })).catch(failed);
  });
})();
