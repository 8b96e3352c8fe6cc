// Reads env files as one reader of the npm world does.
//   node envfile_readers.js PACKAGES READER FOLDER
// FOLDER has 0.env, 1.env, ...; stdout gets {"0": {NAME: value} | null, ...}.
"use strict";
const fs = require("fs");
const path = require("path");
const util = require("util");
const { createRequire } = require("module");

const [packages, reader, folder] = process.argv.slice(2);
const load = createRequire(path.join(packages, "package.json"));
const quiet = { info() {}, error() {} };
console.log = console.warn = console.error = () => {};

function nextEnv(file) {
  const { processEnv, resetEnv } = load("@next/env");
  const contents = fs.readFileSync(file, "utf8");
  const [, parsed] = processEnv(
    [{ path: file, contents, env: {} }], folder, quiet, true);
  const values = { ...parsed };
  for (const name of Object.keys(values)) delete process.env[name];
  return values;
}

function expanded(parser, expander) {
  return (file) => load(expander).expand({
    parsed: load(parser).parse(fs.readFileSync(file)), processEnv: {},
  }).parsed;
}

const parsed = (name) => (file) => load(name).parse(fs.readFileSync(file));

const readers = {
  "parseEnv": (file) => util.parseEnv(fs.readFileSync(file, "utf8")),
  "loadEnvFile": (file) => {
    const before = new Set(Object.keys(process.env));
    process.loadEnvFile(file);
    const values = {};
    for (const name of Object.keys(process.env)) {
      if (before.has(name)) continue;
      values[name] = process.env[name];
      delete process.env[name];
    }
    return values;
  },
  "dotenv8": parsed("dotenv8"),
  "dotenv16": parsed("dotenv16"),
  "dotenv17": parsed("dotenv17"),
  "dotenv18": parsed("dotenv"),
  "expand11": expanded("dotenv16", "dotenv-expand11"),
  "expand1000": expanded("dotenv16", "dotenv-expand"),
  "next": nextEnv,
  "dotenvx": (file) =>
    load("@dotenvx/dotenvx").parse(fs.readFileSync(file, "utf8"),
      { processEnv: {}, overload: true }),
};

async function envCmd() {
  const entry = load.resolve("env-cmd");
  const module = await import(
    path.join(path.dirname(entry), "parse-env-file.js"));
  return (file) => module.parseEnvString(fs.readFileSync(file, "utf8"));
}

async function main() {
  const read = reader === "env-cmd" ? await envCmd() : readers[reader];
  const result = {};
  for (const name of fs.readdirSync(folder)) {
    if (!name.endsWith(".env")) continue;
    try {
      result[name.slice(0, -4)] = { ...read(path.join(folder, name)) };
    } catch (error) {
      result[name.slice(0, -4)] = null;
    }
  }
  process.stdout.write(JSON.stringify(result));
}

main();
