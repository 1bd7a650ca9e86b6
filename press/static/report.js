/* Fills in the report of a number from the address: ?number=<chapter>/<key>&says=...&edition=...
   Nothing is sent anywhere: the text is for the reader to copy. */

(function () {
  "use strict";

  function say(english) { return (window.bookWords || {})[english] || english; }

  function start() {
    var form = document.getElementById("report-form");
    if (!form) return;
    var query = new URLSearchParams(location.search);
    var text = document.getElementById("report-text");
    text.value = [
      say("Number: ") + (query.get("number") || say("(chapter/key)")),
      say("Edition: ") + (query.get("edition") || ""),
      say("The book says: ") + (query.get("says") || ""),
      say("It should say: "),
      say("A page that says so (address, publisher, date): "),
      say("What the number covers there (place, period, definition): "),
    ].join("\n");
    document.getElementById("report-copy").addEventListener("click", function () {
      var done = document.getElementById("report-done");
      text.select();
      // A page opened from disk may not use the clipboard: the text is selected for the reader then.
      var copied = navigator.clipboard ? navigator.clipboard.writeText(text.value) : Promise.reject();
      copied.then(
        function () { done.value = say("Copied."); },
        function () { done.value = say("Selected: copy it with the keyboard."); }
      );
    });
    form.hidden = false;
    if (query.has("number")) document.getElementById("report").scrollIntoView();
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
