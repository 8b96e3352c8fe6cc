/* SPDX-License-Identifier: MIT */
#include "code/code.h"

#include "../os/folder.h"

#include "base/buf.h"
#include "base/memory.h"

#include <criterion/criterion.h>

static struct buf told;

static void leave(void)
{
	buf_release(&told);
	leave_folder();
}

TestSuite(code, .init = enter_new_folder, .fini = leave, .timeout = 60);

static void tell(void *context, const struct code_finding *finding)
{
	static const char *const rules[] = { "not-given", "never-read",
		"no-header", "address", "key" };

	(void)context;
	buf_printf(&told, "%s %s:%zu:%zu %s +%zu\n", rules[finding->rule],
		finding->path, finding->line, finding->column, finding->name,
		finding->more);
}

static const char *look_for(const char *const *given, size_t count)
{
	struct tree tree;
	struct error err;
	const struct code_check check = {
		.given = given, .given_count = count, .under = "", .tell = tell
	};

	buf_release(&told);
	told = BUF(65536);
	cr_assert(tree_open(&tree, ".", &err));
	cr_assert(code_look(&check, &tree));
	tree_release(&tree);
	return buf_cstring(&told);
}

static const char *look(void)
{
	return look_for(NULL, 0);
}

Test(code, names_that_nobody_gives_with_their_first_place)
{
	put("a.js",
		"const a = process.env.ALPHA;\n"
		"const b = process.env['BETA'];\n"
		"const { GAMMA, DELTA: d, EPS = 1 } = process.env;\n"
		"use(`x ${process.env.ZETA} y`);\n"
		"process.env.ALPHA.trim();\n");
	put("b.py",
		"import os\nA = os.environ[\"ETA\"]\n"
		"B = os.getenv('THETA')\n");
	put("c.rb", "x = ENV['IOTA']\ny = ENV.fetch(\"KAPPA\")\n");
	put("d.go", "x := os.Getenv(\"LAMBDA\")\n");
	put("e.ts",
		"x = import.meta.env.VITE_MU; y = Deno.env.get('NU');\n"
		"z = Bun.env.XI;\n");
	put("compose.yaml", "services:\n  a:\n    image: ${IMAGE}\n");
	put("run.sh", "#!/bin/sh\n: \"${OMEGA:?is missing}\"\n");
	cr_expect_str_eq(look(),
		"not-given a.js:1:11 ALPHA +1\n"
		"not-given a.js:2:11 BETA +0\n"
		"not-given a.js:3:9 GAMMA +0\n"
		"not-given a.js:3:16 DELTA +0\n"
		"not-given a.js:4:10 ZETA +0\n"
		"not-given b.py:2:8 ETA +0\n"
		"not-given b.py:3:5 THETA +0\n"
		"not-given c.rb:1:5 IOTA +0\n"
		"not-given c.rb:2:5 KAPPA +0\n"
		"not-given compose.yaml:3:12 IMAGE +0\n"
		"not-given d.go:1:6 LAMBDA +0\n"
		"not-given e.ts:1:5 VITE_MU +0\n"
		"not-given e.ts:1:34 NU +0\n"
		"not-given e.ts:2:5 XI +0\n"
		"not-given run.sh:2:4 OMEGA +0\n");
}

Test(code, comments_strings_defaults_and_tests_are_not_missed)
{
	put("a.js",
		"// process.env.A1\n/* process.env.A2 */\n"
		"const t = 'process.env.A3';\n"
		"const a = process.env.A4 || 'x';\n"
		"const b = process.env.A5 ?? 'x';\n"
		"if (process.env.A6 === '1') go();\n"
		"const c = process.env.NODE_ENV + process.env.npm_x;\n"
		"process.env.A7 = 'x'; use(process.env.A7);\n"
		"if (!process.env.A8) skip();\n"
		"const u = process.env.PORT;\n");
	put("a.test.js", "process.env.A9.trim()\n");
	put("b.py",
		"# os.environ['B1']\n'''os.environ['B2']'''\n"
		"x = os.environ.get('B3', 'd')\ny = os.getenv('B4') or 1\n"
		"myenviron['B5']\n");
	put("c.sh", "#!/bin/sh\nX1=1\necho $X1 ${X2:-d} '${X3:?}'\n");
	put("compose.yml", "a: ${C1:-d} $${C2} # ${C3}\n");
	cr_expect_str_eq(look(), "");
}

Test(code, a_program_that_ends_without_it_needs_it)
{
	put("a.js", "if (!process.env.NEEDED) {\n  throw new Error('x');\n}\n");
	put("d.js", "a = process.env.A_FLAG === 'on';\nthrow new Error();\n");
	put("b.go", "p := os.Getenv(\"A_PORT\")\nif p == \"\" {\n p = d\n}\n");
	put("c.rb", "x = ENV.fetch(\"A_COUNT\") { 2 }\n");
	cr_expect_str_eq(look(), "not-given a.js:1:6 NEEDED +0\n");
}

Test(code, a_variable_that_is_all_of_the_environment)
{
	put("a.ts",
		"const env = process.env\n"
		"use(env['ONE']); use(env.TWO); use(env?.THREE);\n"
		"use((process.env as any).FOUR);\n"
		"use(env['FIVE'] || 'x'); use((process.env as any).SIX ?? "
		"1);\n");
	put("b.ts", "use(env['SEVEN']); use(env.EIGHT);\n");
	cr_expect_str_eq(look(),
		"not-given a.ts:2:5 ONE +0\nnot-given a.ts:2:22 TWO +0\n"
		"not-given a.ts:2:36 THREE +0\nnot-given a.ts:3:6 FOUR +0\n");
}

/* Without a blank behind the brace, too. */
Test(code, what_a_mapping_on_one_line_gives)
{
	put("compose.yml",
		"services:\n  a:\n    environment: {ONE: x}\n"
		"    image: x:${SEVEN:?}\n");
	put("ecosystem.config.js",
		"module.exports={apps:[{name:'a',env:{TWO:1,'THREE':2}}]}\n");
	put("vite.config.ts",
		"export default { define: {\n"
		"'process.env.FOUR': JSON.stringify('x'),\n"
		"\"import.meta.env.FIVE\": '1',\n"
		"'process.env.SIX': JSON.stringify(process.env.SIX),\n"
		"} }\n");
	put("a.js",
		"use(process.env.ONE, process.env.TWO, process.env.THREE);\n"
		"use(process.env.FOUR, import.meta.env.FIVE);\n"
		"use(process.env.SIX);\n");
	cr_expect_str_eq(look(),
		"not-given a.js:3:5 SIX +1\n"
		"not-given compose.yml:4:14 SEVEN +0\n");
}

Test(code, a_line_that_goes_on_behind_a_backslash)
{
	put("a.py",
		"x = os.environ\\\n  [\"ONE\"]\n"
		"y = os.getenv( \\\r\n  'TWO')\n");
	cr_expect_str_eq(look(),
		"not-given a.py:1:8 ONE +0\nnot-given a.py:3:5 TWO +0\n");
}

/* By an alias in quotes, wherever it stands; one of a choice is enough, and
 * what else an alias may be is not known. */
Test(code, fields_of_pydantic_by_their_aliases)
{
	put("s.py",
		"from pydantic_settings import BaseSettings\n"
		"class S(BaseSettings):\n"
		"    a1: str = Field(validation_alias=AliasChoices(\"ONE\", "
		"\"TWO\"))\n"
		"    a2: str = Field(..., alias=NAME)\n"
		"    a3: str = Field(\n"
		"        ...,\n"
		"        validation_alias=\"THREE\",\n"
		"    )\n"
		"    a4: Annotated[str, Field(alias=\"FOUR\")]\n"
		"    a5: Annotated[str, Field(alias=\"FIVE\")] = \"x\"\n"
		"    a6: Annotated[str, Field(alias=\"SIX\", default=\"x\")]\n"
		"    a7: str = Field(\n"
		"        description=\"x\",\n"
		"    )\n"
		"    _a8: str\n");
	cr_expect_str_eq(look(),
		"not-given s.py:5:5 THREE +0\n"
		"not-given s.py:9:5 FOUR +0\n"
		"not-given s.py:12:5 A7 +0\n");
}

/* What follows is a default, or says how its type is told. */
Test(code, what_nest_is_told_beside_the_name)
{
	put("s.ts",
		"constructor(private readonly config: ConfigService<E, true>) "
		"{}\n"
		"a = this.config.get('ONE', { infer: true });\n"
		"b = this.config.get('TWO', 'x', { infer: true });\n"
		"c = this.configService.getOrThrow<string>('THREE', {\n"
		"  infer: true,\n"
		"});\n"
		"d = this.configService.get('FOUR', {});\n");
	cr_expect_str_eq(look(),
		"not-given s.ts:2:10 ONE +0\nnot-given s.ts:4:10 THREE +0\n");
}

Test(code, what_any_file_gives_is_given)
{
	put("a.js",
		"f(process.env.A1, process.env.A2, process.env.A3,\n"
		"process.env.A4, process.env.A5, process.env.A6)\n");
	put(".env.example", "A1=\n# A2=\n");
	put("compose.yml", "environment:\n  A3: x\n  - A4=x\n");
	put("Dockerfile", "FROM x\nENV A5 1\nARG A6\n");
	cr_expect_str_eq(look(), "");
}

Test(code, an_env_file_that_git_ignores_gives)
{
	cr_assert_eq(system("git init -q ."), 0); /* NOLINT */
	put(".gitignore", ".env*\nlib\n");
	put("a.js", "f(process.env.A1, process.env.A2, process.env.A3)\n");
	put(".env", "A1=1\n");
	cr_assert_eq(mkdir("app", 0700), 0);
	put("app/.env.local", "A2=1\n");
	cr_assert_eq(mkdir("lib", 0700), 0);
	put("lib/.env", "A3=1\n");
	cr_expect_str_eq(look(), "not-given a.js:1:35 A3 +0\n");
}

Test(code, given_names_that_no_source_has)
{
	static const char *const given[] = { "READ_ONE", "LOST_ONE",
		"OPENAI_API_KEY" };

	put("a.js", "x(process.env.READ_ONE)\n");
	put(".env", "LOST_ONE=1\n");
	cr_expect_str_eq(look_for(given, 3), "never-read :0:0 LOST_ONE +0\n");
}

Test(code, a_client_needs_both_headers)
{
	put("bare.js",
		"const c = new OpenAI({\n"
		"  baseURL: process.env.CF_AIG_BASE_URL || undefined,\n"
		"  apiKey: key,\n});\n");
	put("good.js",
		"const c = new OpenAI({ baseURL: process.env.CF_AIG_BASE_URL ||"
		" undefined, defaultHeaders: { 'cf-aig-authorization': t } })");
	put("made.js",
		"const c = new OpenAI({ baseURL: "
		"process.env.CF_AIG_BASE_URL ?? d, defaultHeaders });\n");
	put("bare.py",
		"c = OpenAI(base_url=os.environ.get('CF_AIG_BASE_URL', "
		"None), api_key=k)\n");
	put("direct.js", "const c = new OpenAI({ baseURL: other });\n");
	cr_expect(strstr(look(), "no-header bare.js:2:3"), "%s", look());
	cr_expect(strstr(look(), "no-header bare.py:1:12"), "%s", look());
	cr_expect(!strstr(look(), "good.js"), "%s", look());
	cr_expect(!strstr(look(), "made.js"), "%s", look());
	cr_expect(!strstr(look(), "direct.js"), "%s", look());
}

Test(code, addresses_and_keys_as_texts)
{
	put("a.js",
		"const u = 'https://gateway.ai.cloudflare.com/v1/"
		"0123456789abcdef0123456789abcdef/gw/openai';\n"
		"const k = \"sk-proj-aB3dE5fG7hJ9kL1mN3pQ\";\n"
		"const c = 'sk-circle-fade-dot-large-animated';\n"
		"const p = 'sk-proj-xxxxxxxxxxxxxxxxxxxx';\n"
		"const v = `https://gateway.ai.cloudflare.com/v1/${id}/gw`;\n");
	cr_expect_str_eq(look(),
		"key a.js:2:11 sk-proj- +0\n"
		"address a.js:1:12  +0\n");
}

Test(code, keys_are_found_wherever_they_begin)
{
	static const char keys[] = "'sk-proj-aB3dE5fG7hJ9'\n"
				   "`sk-proj-aB3dE5fG7hJ9`\n"
				   "\"sk-proj-aB3dE5fG7hJ9\"";
	char blanks[] = "                ";

	for (size_t count = 0; count < sizeof(blanks); count++) {
		char *text = memory_printf("%.*s%s", (int)count, blanks, keys);
		char *told_of_it = memory_printf("key a.js:1:%zu sk-proj- +0\n"
						 "key a.js:2:1 sk-proj- +0\n"
						 "key a.js:3:1 sk-proj- +0\n",
			count + 1);

		put("a.js", text);
		cr_expect_str_eq(look(), told_of_it);
		free(text);
		free(told_of_it);
	}
}

Test(code, what_may_read_is_seen_without_an_object_of_the_runtime)
{
	put("a.ts", "export const port = envNumber('A_ONE');\n");
	put("b.ts", "x = requireEnvironmentVariable(\n  'A_TWO'\n);\n");
	put("c.go", "x := MustEnvInt(\"A_THREE\")\n");
	cr_expect_str_eq(look(),
		"not-given a.ts:1:21 A_ONE +0\n"
		"not-given b.ts:1:5 A_TWO +0\n"
		"not-given c.go:1:6 A_THREE +0\n");
}
