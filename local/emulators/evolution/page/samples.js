// Things to send without having any: made here, so that nothing is downloaded.

const SAMPLE_RATE = 16_000;
const SECONDS = 3;

/** A short tune as a WAV file, base64. */
export function sampleAudio() {
  const frames = SAMPLE_RATE * SECONDS;
  const view = new DataView(new ArrayBuffer(44 + frames * 2));
  const write = (at, text) => [...text].forEach((letter, index) => view.setUint8(at + index, letter.charCodeAt(0)));
  write(0, "RIFF");
  view.setUint32(4, 36 + frames * 2, true);
  write(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, SAMPLE_RATE, true);
  view.setUint32(28, SAMPLE_RATE * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  write(36, "data");
  view.setUint32(40, frames * 2, true);
  const notes = [392, 440, 494, 587, 494, 440];
  for (let frame = 0; frame < frames; frame += 1) {
    const time = frame / SAMPLE_RATE;
    const pitch = notes[Math.floor(time * 2) % notes.length];
    const fade = 1 - ((time * 2) % 1);
    view.setInt16(44 + frame * 2, Math.sin(2 * Math.PI * pitch * time) * fade * 9_000, true);
  }
  return { mimeType: "audio/wav", base64: toBase64(new Uint8Array(view.buffer)), seconds: SECONDS, voice: true };
}

/** A drawn picture as a PNG, base64. */
export function sampleImage() {
  const canvas = Object.assign(document.createElement("canvas"), { width: 640, height: 420 });
  const paint = canvas.getContext("2d");
  const sky = paint.createLinearGradient(0, 0, 0, 420);
  sky.addColorStop(0, "#f7c873");
  sky.addColorStop(1, "#e2725b");
  paint.fillStyle = sky;
  paint.fillRect(0, 0, 640, 420);
  paint.fillStyle = "#fff3d6";
  paint.beginPath();
  paint.arc(470, 130, 54, 0, Math.PI * 2);
  paint.fill();
  for (const [color, base, height] of [
    ["#7d4f6d", 300, 90],
    ["#4b3a5a", 350, 60],
  ]) {
    paint.fillStyle = color;
    paint.beginPath();
    paint.moveTo(0, 420);
    for (let x = 0; x <= 640; x += 20) paint.lineTo(x, base - Math.sin(x / 90 + base) * height * 0.5);
    paint.lineTo(640, 420);
    paint.fill();
  }
  return { mimeType: "image/png", base64: canvas.toDataURL("image/png").split(",")[1] };
}

/** One page with one sentence as a PDF, base64. */
export function sampleDocument() {
  const words = "BT /F1 20 Tf 60 740 Td (Pedido de cotacao - 12 parafusadeiras) Tj ET";
  const objects = [
    "<</Type/Catalog/Pages 2 0 R>>",
    "<</Type/Pages/Kids[3 0 R]/Count 1>>",
    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
    `<</Length ${words.length}>>stream\n${words}\nendstream`,
    "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
  ];
  const body = objects.map((object, index) => `${index + 1} 0 obj${object}endobj`).join("\n");
  const pdf = `%PDF-1.4\n${body}\ntrailer<</Root 1 0 R/Size 6>>\n%%EOF`;
  return { mimeType: "application/pdf", base64: btoa(pdf), fileName: "cotacao.pdf" };
}

/** A file that was chosen, as content. */
export async function readFile(file) {
  const base64 = toBase64(new Uint8Array(await file.arrayBuffer()));
  const [family] = file.type.split("/");
  const kind = ["image", "video", "audio"].includes(family) ? family : "document";
  return { kind, media: { mimeType: file.type || "application/octet-stream", base64, fileName: file.name } };
}

function toBase64(bytes) {
  let text = "";
  for (let at = 0; at < bytes.length; at += 8_192) text += String.fromCharCode(...bytes.subarray(at, at + 8_192));
  return btoa(text);
}
