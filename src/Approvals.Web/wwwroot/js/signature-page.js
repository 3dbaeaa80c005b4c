// Drawing the own signature. Without this script the page still takes an uploaded picture.
(() => {
  const canvas = document.getElementById("signature-canvas");
  const part = document.getElementById("draw-part");
  if (!canvas || !window.SignaturePad) {
    return;
  }

  part.hidden = false;
  const ratio = Math.max(window.devicePixelRatio || 1, 1);
  canvas.width = canvas.offsetWidth * ratio;
  canvas.height = canvas.offsetHeight * ratio;
  canvas.getContext("2d").scale(ratio, ratio);
  const pad = new window.SignaturePad(canvas, { penColor: "#162a5c", minWidth: 0.8, maxWidth: 3 });
  document.getElementById("clear-drawing").addEventListener("click", () => pad.clear());
  document.getElementById("signature-form").addEventListener("submit", () => {
    document.getElementById("drawn").value = pad.isEmpty() ? "" : pad.toDataURL("image/png");
  });
})();
