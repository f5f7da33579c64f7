// Reads a token from standard input and refuses one that has no end, has ended, or lasts longer than MAX_HOURS: a credential that lasts is one that
// somebody will find.
import process from "node:process";
import { text } from "node:stream/consumers";

const end = endOf(await text(process.stdin));
const longest = Number(process.env.MAX_HOURS ?? 4);
const hours = (end - Date.now() / 1000) / 3600;
if (Number.isNaN(hours)) refuse("the kubeconfig holds no token that ends");
else if (hours <= 0) refuse("the token of the kubeconfig has ended");
else if (!(hours <= longest)) refuse(`the token of the kubeconfig lasts ${hours.toFixed(1)} hours more, longer than ${longest}`);

/** In seconds since 1970; not a number where the token does not say. */
function endOf(token) {
  try {
    const { exp } = JSON.parse(Buffer.from(token.split(".")[1], "base64url").toString("utf8"));
    return typeof exp === "number" ? exp : Number.NaN;
  } catch {
    return Number.NaN;
  }
}

function refuse(message) {
  process.stderr.write(`error: ${message}\n  hint: make one for this emergency: kubectl create token <account> --duration 2h\n`);
  process.exitCode = 2;
}
