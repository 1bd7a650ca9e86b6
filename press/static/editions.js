/* Tells a page of the other editions, if it lies in a site that holds them.

   A page knows its own edition alone. Which others there are, and what to offer a reader, it learns
   from switcher.js at the root of the site (press/editions/pages/switcher.js). A book elsewhere, say in
   _build/html or unpacked from an archive, lies in no folder with the name of an edition: then
   nothing is asked for. This file stays as it is in editions that are out, so it does no more. */

(function () {
  "use strict";

  var mark = document.getElementById("edition");
  if (!mark || !mark.dataset.version) return;
  var book = new URL(document.documentElement.dataset.content_root || "./", location.href);
  var folder = decodeURIComponent(book.pathname.split("/").slice(-2)[0]);
  if ([mark.dataset.version, "latest", "dev"].indexOf(folder) < 0) return;
  var script = document.createElement("script");
  script.src = new URL("../switcher.js", book).href;
  document.head.appendChild(script);
})();
