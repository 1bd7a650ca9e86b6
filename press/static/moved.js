/* On the page at an old name: leads to the new one, to the same place in it. */

document.addEventListener("DOMContentLoaded", function () {
  location.replace(document.getElementById("moved").href + location.search + location.hash);
});
