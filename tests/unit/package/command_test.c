/* SPDX-License-Identifier: MIT */
#include "package/command.h"

#include <criterion/criterion.h>

/* What is started, as JSON; with the variables in front where there are some,
 * or the fault and its word. */
static const struct {
	const char *text;
	const char *expected;
} rows[] = {
	{ "node server.js", "{\"script\":\"server.js\"}" },
	{ "node dist/main", "{\"script\":\"dist/main\"}" },
	{ "node .", "{\"script\":\".\"}" },
	{ "  node   x.js  --port 3000 ",
		"{\"args\":[\"--port\",\"3000\"],\"script\":\"x.js\"}" },
	{ "node --enable-source-maps -r dotenv/config dist/x.js -v",
		"{\"args\":[\"-v\"],\"node_args\":[\"--enable-source-maps\","
		"\"-r\",\"dotenv/config\"],\"script\":\"dist/x.js\"}" },
	{ "node --env-file=.env x.js",
		"{\"node_args\":[\"--env-file=.env\"],\"script\":\"x.js\"}" },
	{ "node 'my app.js' \"a b\" c\\ d \"e\\\"f\\x\"",
		"{\"args\":[\"a b\",\"c d\",\"e\\\"f\\\\x\"],"
		"\"script\":\"my app.js\"}" },
	{ "exec node x.js", "{\"script\":\"x.js\"}" },
	{ "NODE_ENV=production PORT='30 00' node x.js",
		"{\"script\":\"x.js\"} "
		"{\"NODE_ENV\":\"production\",\"PORT\":\"30 00\"}" },
	{ "cross-env NODE_ENV=production node x.js A=b",
		"{\"args\":[\"A=b\"],\"script\":\"x.js\"} "
		"{\"NODE_ENV\":\"production\"}" },
	{ "tsx src/server.ts",
		"{\"interpreter\":\"tsx\",\"script\":\"src/server.ts\"}" },
	{ "npx -y tsx src/server.ts",
		"{\"interpreter\":\"tsx\",\"script\":\"src/server.ts\"}" },
	{ "tsx watch x.ts", "{\"interpreter\":\"tsx\",\"script\":\"x.ts\"}" },
	{ "dotenv -- node x.js", "{\"script\":\"x.js\"}" },
	{ "dotenv -e .env -- tsx x.ts",
		"{\"interpreter\":\"tsx\",\"script\":\"x.ts\"}" },
	{ "npx dotenvx run -f .env -- npx next start",
		"program next {\"args\":[\"start\"]}" },
	{ "env-cmd NODE_ENV=production node x.js",
		"{\"script\":\"x.js\"} {\"NODE_ENV\":\"production\"}" },
	{ "ts-node -P tsconfig.prod.json src/main.ts",
		"{\"interpreter\":\"ts-node\",\"node_args\":[\"-P\","
		"\"tsconfig.prod.json\"],\"script\":\"src/main.ts\"}" },
	{ "bun run x.ts", "{\"interpreter\":\"bun\",\"script\":\"x.ts\"}" },
	{ "bun --watch run ./x.ts",
		"{\"interpreter\":\"bun\",\"node_args\":[\"--watch\"],"
		"\"script\":\"./x.ts\"}" },
	{ "bun x.ts", "{\"interpreter\":\"bun\",\"script\":\"x.ts\"}" },
	{ "deno run -A x.ts",
		"{\"interpreter\":\"deno\",\"node_args\":[\"run\",\"-A\"],"
		"\"script\":\"x.ts\"}" },
	{ "python3 -u app.py",
		"{\"interpreter\":\"python3\",\"node_args\":[\"-u\"],"
		"\"script\":\"app.py\"}" },
	{ "sh ./start.sh",
		"{\"interpreter\":\"sh\",\"script\":\"./start.sh\"}" },
	{ "./start.sh -x", "{\"args\":[\"-x\"],\"script\":\"./start.sh\"}" },
	{ "nest start", "{\"script\":\"dist/main.js\"}" },
	{ "next start -p 3000",
		"program next {\"args\":[\"start\",\"-p\",\"3000\"]}" },
	{ "pnpm dlx tsx x.ts",
		"{\"interpreter\":\"tsx\",\"script\":\"x.ts\"}" },
	{ "pnpm exec next start", "program next {\"args\":[\"start\"]}" },
	{ "npm run start:prod", "script start:prod" },
	{ "npm start", "script start" },
	{ "yarn serve", "script serve" },
	{ "pnpm serve", "script serve" },
	{ "bun run serve", "script serve" },

	{ "npm run build && node x.js", "fault 2 &&" },
	{ "node x.js | pino-pretty", "fault 2 |" },
	{ "node x.js > log", "fault 2 >" },
	{ "node x.js &", "fault 2 &" },
	{ "node x.js; true", "fault 2 ;" },
	{ "node x.js\nrm y", "fault 2 \\n" },
	{ "node $FILE", "fault 2 $" },
	{ "node \"$FILE\"", "fault 2 $" },
	{ "PORT=${PORT:-3000} node x.js", "fault 2 $" },
	{ "node $(which x)", "fault 2 $(" },
	{ "node `which x`", "fault 2 `" },
	{ "node src/*.js", "fault 2 *" },
	{ "node ~/x.js", "fault 2 ~" },
	{ "node 'x.js", "fault 2 '" },
	{ "node x.js # it", "fault 2 #" },
	{ "node -e 1", "fault 4 -e" },
	{ "node", "fault 4 node" },
	{ "node --inspect", "fault 4 node" },
	{ "", "fault 4 " },
	{ "A=b", "fault 4 A=b" },
	{ "python -m flask run", "fault 4 -m" },
	{ "nodemon x.js", "fault 3 nodemon" },
	{ "nest start --watch", "fault 3 nest" },
	{ "pm2-runtime start ecosystem.config.js", "fault 3 pm2-runtime" },
	{ "dotenv -e .env.local -- node x.js", "fault 3 dotenv" },
	{ "dotenvx set A b", "fault 3 dotenvx" },
	{ "env-cmd --silent node x.js", "fault 3 env-cmd" },
	{ "dotenv", "fault 3 dotenv" },
	{ "npm run a -- --port 1", "fault 3 npm" },
};

static void describe(const struct command *command, struct buf *out)
{
	const char *word = command->word ? command->word : "";

	if (command->kind == COMMAND_FAULT)
		buf_printf(out, "fault %d %s", (int)command->fault, word);
	else if (command->kind == COMMAND_SCRIPT)
		buf_printf(out, "script %s", word);
	else if (command->kind == COMMAND_PROGRAM)
		buf_printf(out, "program %s ", word);
	if (command->kind == COMMAND_FILE || command->kind == COMMAND_PROGRAM)
		json_format_canonical(command->launch, out);
	if (json_object_size(command->assignments) > 0 &&
		command->kind != COMMAND_FAULT) {
		buf_byte(out, ' ');
		json_format_canonical(command->assignments, out);
	}
}

Test(command, is_taken_apart_or_named)
{
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		SCOPED(buf) struct buf out = BUF(4096);
		struct command command;

		command_parse(rows[i].text, &command);
		describe(&command, &out);
		cr_expect_str_eq(buf_cstring(&out), rows[i].expected, "%s",
			rows[i].text);
		command_release(&command);
	}
}
