/* One switch for all code of a page, and copying by keyboard.

   The switch stands in the bar above the page (press/postprocess). What was chosen is remembered where
   the browser allows it. Without this script each cell opens by itself: it is a <details>. */

(function () {
  "use strict";

  var KEY = "citygap-code";

  function remembered() {
    try { return localStorage.getItem(KEY) === "shown"; } catch (error) { return false; }
  }
  function remember(shown) {
    try { localStorage.setItem(KEY, shown ? "shown" : "hidden"); } catch (error) { /* not allowed */ }
  }

  function folds() {
    return Array.prototype.slice.call(document.querySelectorAll("details.hide.above-input"));
  }

  function start() {
    var button = document.getElementById("code-switch");
    if (button && folds().length) {
      var set = function (shown) {
        folds().forEach(function (fold) { fold.open = shown; });
        button.setAttribute("aria-pressed", String(shown));
      };
      button.hidden = false;
      button.addEventListener("click", function () {
        var shown = button.getAttribute("aria-pressed") !== "true";
        set(shown);
        remember(shown);
      });
      if (remembered()) set(true);
    }
    nameCopyButtons();
  }

  // The buttons of sphinx-copybutton are made when the page is there; they have a picture only.
  function nameCopyButtons() {
    var buttons = document.querySelectorAll("button.copybtn");
    if (!buttons.length) return;
    var said = document.createElement("output");
    said.className = "visually-hidden";
    document.querySelector("main").appendChild(said);
    Array.prototype.forEach.call(buttons, function (button) {
      button.type = "button";
      button.setAttribute("aria-label", "Copy to clipboard");
      new MutationObserver(function () {
        said.textContent = button.classList.contains("success") ? "Code copied" : "";
      }).observe(button, { attributes: true, attributeFilter: ["class"] });
    });
  }

  // The theme takes the focus from its buttons when they are pressed: by keyboard it is given back.
  document.addEventListener("click", function (event) {
    var button = event.target.closest && event.target.closest(".theme-switch-button, .sidebar-toggle");
    if (!button || event.detail !== 0) return;
    setTimeout(function () {
      if (document.activeElement === document.body) button.focus();
    }, 0);
  }, true);

  if (document.readyState === "complete") start();
  else window.addEventListener("load", start);
})();
