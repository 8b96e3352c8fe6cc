/* SPDX-License-Identifier: MIT */
#include "lint/lint.h"

#include "base/memory.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

/* What is found, "LINE:rule ...". `beside` is what .env says, or NULL. */
static char *found_in(const char *name, const char *text, const char *beside)
{
	struct report report = { .count = 0 };
	struct envfile *document = NULL;
	struct buf out = BUF(65536);
	struct error err;
	const struct subject subject = {
		.name = name, .bytes = text, .size = strlen(text)
	};

	if (beside)
		cr_assert(
			envfile_parse(beside, strlen(beside), &document, &err));
	lint_ecosystem(&report, &subject,
		&(struct ecosystem_beside){ .env = document });
	report_sort(&report);
	for (size_t i = 0; i < report.count; i++)
		buf_printf(&out, "%s%zu:%s", i ? " " : "",
			report.items[i].place.line,
			rules_table[report.items[i].rule].id);
	report_release(&report);
	envfile_free(document);
	return buf_take(&out, NULL);
}

static const struct {
	const char *text, *beside, *found;
} rows[] = {
	{ "module.exports = { apps: [{ name: 'a', env: { A: '1' } }] }", NULL,
		"" },
	/* What a comment, a text or a regular expression says is not read. */
	{ "// env_file: 'x'\n/* { env_file: 1, */ const t = `{env_file: 2}`\n"
	  "const re = /[\"'{]env_file:/\n"
	  "module.exports = { apps: [{ env_file: '.env' }] }",
		NULL, "4:pm2-env-file" },
	{ "{\"apps\":[{\"env_file\":\".env\",\n\"env\":{\"pm_id\":7}}]}", NULL,
		"1:pm2-env-file 2:pm2-own-field" },
	/* What no parser takes, and what only seems so. */
	{ "module.exports = { apps: [{\nname: 'a'\nscript: 'b' }] }", NULL,
		"3:ecosystem-syntax" },
	{ "module.exports = { apps: [{\nname: 'a,\nscript: 'b' }] }", NULL,
		"2:ecosystem-syntax" },
	{ "module.exports = {\napps: [{ env: { A: 1, }\n] }", NULL,
		"3:ecosystem-syntax" },
	{ "module.exports = { apps: [{ env_file: 'x' }\n", NULL,
		"1:ecosystem-syntax 1:pm2-env-file" },
	{ "const re = /[({'\"]/;\nmodule.exports = { apps: [{ name: 'a' in b "
	  "? 1 : 2, time: 10 * 60, args: 'x' // don't\n, n: 'a\\\nb' }], }",
		NULL, "" },
	{ "module.exports = { apps: [{ name: 'a' in b ? \"}\" : `{\n[`, "
	  "n: 'a\\\nb', m: 1.5e3, c: '1' as const }], }",
		NULL, "" },
	/* Regular expressions, divisions and template literals are known for
	 * what they are, and what stands behind them is looked at. */
	{ "const re = /[\"'/{]x/g, n = 10 / 2, m = (1 + 2) / 3;\n"
	  "f = a => { return /\"/.test(a) };\n"
	  "module.exports = { apps: [{\nname: 'a'\nscript: 'b' }] }",
		NULL, "5:ecosystem-syntax" },
	{ "const t = `${a ? `x${'}'}` : { b: \"`\" }.b} \\` }`;\n"
	  "module.exports = { apps: [{\nname: `a${b}`\nscript: 'b' }] }",
		NULL, "4:ecosystem-syntax" },
	{ "const t = `${a /* it's ` */ + b.replace(/[\"'`}]/g, '') //\"\n}`;\n"
	  "module.exports = { apps: [{\nname: `${{ env_file: `}${'`'}` }}`\n"
	  "script: 'b' }] }",
		NULL, "5:ecosystem-syntax" },
	{ "module.exports = {\napps: [{ name: `a${b`, script: 'b' }] }", NULL,
		"2:ecosystem-syntax" },
	{ "module.exports = { apps: [{ time: 60 / 2,\nname: 'a'\nn: 1 }] }",
		NULL, "3:ecosystem-syntax" },
	{ "if (x) /[\"'{]/.test(y);\n"
	  "module.exports = { apps: [{ name: 'a' }] }",
		NULL, "" },
	/* Only what is given to an app is a variable. */
	{ "module.exports = { apps: [{ cwd: '/', watch: true, "
	  "env: { CWD: '/' } }] }",
		NULL, "" },
	{ "const env = { cwd: '/' }\nmodule.exports = { apps: [{ name: 'a', "
	  "env }] }",
		NULL, "" },
	{ "module.exports = { apps: [{ name: 'API',\nenv_production: { API: 1 "
	  "} }] }",
		NULL, "1:pm2-app-named-like-variable" },
	{ "module.exports = { apps: [{ name: 'API' }] }", "API=1\n",
		"1:pm2-app-named-like-variable" },
	{ "module.exports = { apps: [{ env: { A: '2',\nB: 3, C: '1', D: x.y, "
	  "E: 'a' + 'b', F: f('g'), ...g } }] }",
		"A=1\nB=4\nC=1\nD=2\nE=x\nF=y\n",
		"1:ecosystem-overrides 2:ecosystem-overrides" },
	{ "module.exports = { apps: [{ env: {\nA_TOKEN: process.env.A_TOKEN,\n"
	  "B_TOKEN: 'k3y0123456789', C_TOKEN: '', D_TOKEN: 'your_token',\n"
	  "NODE_ENV: 'production' } }],\n"
	  "deploy: { x: { key: '/home/a/.ssh/id' } } }",
		NULL, "3:secret-in-ecosystem" },
	{ "module.exports = { apps: [{ args: "
	  "['sk-proj-abcdefghijklmnopqrstuvwx'],\n"
	  "key: 'sk-proj-abcdefghijklmnopqrstuvwx' }] }",
		NULL, "2:secret-in-ecosystem" },
	/* In a list, an expression, a template, a comment; but not twice. */
	{ "module.exports = { apps: [{ args: ['--token',\n"
	  "'--key=ghp_Abcd1234Efgh5678Ijkl9012Mnop3456Qrst'], env: {\n"
	  "A: process.env.A || 'ghp_Abcd1234Efgh5678Ijkl9012Mnop3456Qrst',\n"
	  "B: `sk-ant-api03-Abcd1234Efgh5678Ijkl9012${x}Mnop`,\n"
	  "// C: 'ghp_Abcd1234Efgh5678Ijkl9012Mnop3456Qrst'\n"
	  "D: 'ghp_Abcd1234Efgh5678Ijkl9012Mnop3456Qrst',\n"
	  "E: 'ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx' } }] }",
		NULL,
		"2:secret-in-ecosystem 3:secret-in-ecosystem "
		"4:secret-in-ecosystem 5:secret-in-ecosystem "
		"6:secret-in-ecosystem" },
	/* What is made of several texts. */
	{ "module.exports = { apps: [{ env: {\nA_TOKEN: 'k3y0123' +\n"
	  "'456789',\nA_URL: 'http://localhost/' + 'a',\n"
	  "B_KEY: 'ghp_Abcd1234Efgh5678Ijkl9012Mnop3456Qrst' + 'a',\n"
	  "C_KEY: 'abcdef0123456789' + x, D_KEY: 'abcdef0123' + 'b'\n"
	  "+ `${c}` } }] }",
		NULL, "2:secret-in-ecosystem 5:secret-in-ecosystem" },
	/* What a template says beside what is put in. */
	{ "module.exports = { apps: [{ env: {\n"
	  "A_URL: `postgres://app:s3cr3t@${host}/db`,\n"
	  "B_URL: `redis://:${process.env.P}@${host}:6379`,\n"
	  "C_URL: `mongodb://${u}:${p}@host/x`, D_URL: `http://a:<you>@${h}`,\n"
	  "E_SECRET: `9F8e7D6c5B4a39281706f5E4d3C2b1A0${x}`,\n"
	  "H_SECRET: `${a ? `}9F8e7D6c5B4a39281706f5E4d3C2b1A0` : '}'}`,\n"
	  "F_SECRET: `${a}-${b}`, G_SECRET: `",
		NULL,
		"2:secret-in-ecosystem 5:secret-in-ecosystem "
		"7:ecosystem-syntax" },
	{ "x = { env_file: 1 } // aigenv: disable=pm2-env-file\n"
	  "// aigenv: disable=pm2-env-file\ny = { env_file: 1 }\n"
	  "z = { env_file: 1 }",
		NULL, "4:pm2-env-file" },
	/* What is not closed ends with the file. */
	{ "x = { env_file: 'a", NULL, "1:pm2-env-file 1:ecosystem-syntax" },
	{ "x = { 'env_file", NULL, "1:ecosystem-syntax" },
	{ "}}]]))", NULL, "1:ecosystem-syntax" },
	{ "{a:{a:{a:[[[[", NULL, "1:ecosystem-syntax" },
	{ "/* x", NULL, "" },
};

Test(ecosystem, has_what_its_text_tells)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char *found = found_in(
			"ecosystem.config.cjs", rows[i].text, rows[i].beside);
		cr_expect_str_eq(
			found, rows[i].found, "%s: %s", rows[i].text, found);
		free(found);
	}
}

static const struct {
	const char *text, *found;
} yaml_rows[] = {
	{ "apps:\n  - script: ./a.js\n    name: api # x\n    env_file: .env\n"
	  "    env:\n      PORT: 3000\n      name: 'evil'\n"
	  "      TOKEN: \"k3y0123456789\"\n    env_production:\n"
	  "      api: 1\n",
		"3:pm2-app-named-like-variable 4:pm2-env-file 7:pm2-own-field "
		"8:secret-in-ecosystem" },
	{ "apps:\n- name: a\n  env:\n    cwd: /\n- name: b\n  cwd: /\n",
		"4:pm2-own-field" },
	{ "apps:\n  - name: a\n    note: |\n      env:\n        cwd: x\n"
	  "    # env_file: x\n    env_file: .env # aigenv: "
	  "disable=pm2-env-file\n",
		"" },
	{ "apps:\n  - - - - x: 1\n - : : :\n-\n- \n\"", "" },
};

Test(ecosystem, is_read_as_yaml)
{
	for (size_t i = 0; i < sizeof(yaml_rows) / sizeof(yaml_rows[0]); i++) {
		char *found = found_in(
			"ecosystem.config.yml", yaml_rows[i].text, NULL);
		cr_expect_str_eq(found, yaml_rows[i].found, "%s: %s",
			yaml_rows[i].text, found);
		free(found);
	}
}

/* Compose has an env_file, and means it. */
Test(ecosystem, is_not_what_has_no_apps)
{
	static const char services[] = "services:\n  a:\n    env_file: .env\n";
	static const char apps[] = "apps:\n  - env_file: .env\n";
	char *compose = found_in("compose.yml", services, NULL);
	char *named = found_in("server.yml", apps, NULL);
	char *single = found_in("pm2.json", "{\"env_file\": \".env\"}", NULL);

	cr_expect_str_empty(compose);
	cr_expect_str_eq(named, "2:pm2-env-file");
	cr_expect_str_eq(single, "1:pm2-env-file");
	free(compose);
	free(named);
	free(single);
}

Test(ecosystem, is_known_by_its_name)
{
	static const struct {
		const char *name, *found;
	} names[] = {
		{ "ecosystem.config.js", "" },
		{ "package.json", "" },
		{ "apps/ecosystem.config.cjs", "" },
		{ "ecosystem.json", "" },
		{ "ecosystem.cjs", "0:pm2-file-name" },
		{ "ecosystem.config.ts", "0:pm2-file-name" },
		{ "ecosystem.config.mjs", "0:pm2-file-name" },
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		char *found = found_in(names[i].name, "x = {}", NULL);
		cr_expect_eq(
			subject_kind(names[i].name, "", 0), SUBJECT_ECOSYSTEM);
		cr_expect_str_eq(found, names[i].found, "%s", names[i].name);
		free(found);
	}
}

/* However deep and however many, and no byte is read behind the end. */
Test(ecosystem, holds_against_any_text)
{
	static const char *const parts[] = { "{", "[", "(", "a:", "'", "`", "/",
		"{x:", "{a:1,", "\\", "/*" };

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		struct buf text = BUF((size_t)1 << 20);
		for (size_t n = 0; n < 20000; n++)
			buf_text(&text, parts[i]);
		char *found = found_in(
			"ecosystem.config.js", buf_cstring(&text), NULL);
		cr_expect_str_empty(found, "%s", parts[i]);
		free(found);
		buf_release(&text);
	}
}

/* The limits are those that were measured: a variable of 131059 bytes with its
 * name, and 60000 of all together where PM2 runs several. */
Test(ecosystem, tells_what_is_too_large)
{
	static const struct {
		size_t bytes;
		const char *mode, *found;
	} sizes[] = {
		{ 131058, "", "" },
		{ 131059, "", "1:pm2-too-large" },
		{ 60000, ", instances: 1", "" },
		{ 60000, ", instances: 4", "1:pm2-too-large" },
		{ 60000, ", exec_mode: 'cluster'", "1:pm2-too-large" },
		{ 59999, ", exec_mode: 'cluster'", "" },
	};

	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		char *value = memory_new(sizes[i].bytes + 1);
		memset(value, 'x', sizes[i].bytes);
		char *text = memory_printf(
			"x = { env: { A: '%s' }%s }", value, sizes[i].mode);
		char *found = found_in("ecosystem.config.js", text, NULL);
		cr_expect_str_eq(found, sizes[i].found, "%zu", sizes[i].bytes);
		free(found);
		free(text);
		free(value);
	}
}
