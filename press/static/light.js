/* Fills the folds whose text is a file (press.postprocess.deferred.folds), when the first of them is opened.

   The file is a script of the book, since a page opened from a disk may load one and may not fetch
   anything else. What it hands over is the text that press.extensions.figure_cards and the cells made for this page. */

(function () {
  "use strict";

  var folds = document.querySelectorAll("[data-from][data-part]"); // a fold, or the frame of a table in one
  if (!folds.length) return;
  var asked = false;

  function fill(event) {
    Array.prototype.forEach.call(folds, function (fold) {
      var kept = fold.querySelector(":scope > summary");
      fold.replaceChildren.apply(fold, kept ? [kept] : []);
      fold.insertAdjacentHTML("beforeend", event.detail[Number(fold.dataset.part)]);
    });
  }

  function ask(event) {
    if (asked || !event.target.open) return;
    asked = true;
    var script = document.createElement("script");
    script.src = folds[0].dataset.from;
    document.head.appendChild(script);
  }

  document.addEventListener("folds", fill, { once: true });
  Array.prototype.forEach.call(folds, function (fold) {
    fold.closest("details").addEventListener("toggle", ask);
  });
})();
