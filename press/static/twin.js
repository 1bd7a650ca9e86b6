/* The switch to the same page in another language keeps the place: the last heading above the middle of
   the screen, which has the same id there (press/languages). Without this script it leads to the page. */

(function () {
  "use strict";

  function place() {
    var above = "";
    document.querySelectorAll("main section[id]").forEach(function (section) {
      if (section.getBoundingClientRect().top < window.innerHeight / 2) above = section.id;
    });
    return window.scrollY < 100 ? "" : above;
  }

  document.addEventListener("click", function (event) {
    var link = event.target.closest && event.target.closest("a.btn-twin-button, a[hreflang][lang]");
    var id = link && place();
    if (link) link.hash = id ? "#" + id : "";
  });
})();
