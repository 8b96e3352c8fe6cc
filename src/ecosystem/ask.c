/* SPDX-License-Identifier: MIT */
#include "ecosystem/ecosystem.h"

#include "base/buf.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "os/directory.h"
#include "os/process.h"

#include <stdlib.h>

#define SAID_LIMIT ((size_t)1024 * 1024)
#define ERRORS_LIMIT ((size_t)64 * 1024)
#define TIMEOUT_MS 10000

/* Loads it as PM2 does. What it prints itself does not come between; of an
 * error nothing is told but its kind, since its text may quote the file. */
static const char loader[] =
	"const file = process.argv[1];const say = "
	"process.stdout.write.bind(process.stdout);process.stdout.write = "
	"process.stderr.write.bind(process.stderr);let answer;try {  const "
	"said = "
	"/\\.json/.test(require('path').basename(file))    ? "
	"require('vm').runInThisContext(      '(' + "
	"require('fs').readFileSync(file, 'utf8') + ')')    : require(file);  "
	"answer = { said: typeof said === 'function' ? null : said };} catch "
	"(error) {  answer = { error: String(error.code || error.name) "
	"};}say(JSON.stringify(answer), () => process.exit());";

/* PATH and HOME, and nothing that a profile or a shell would bring in. */
static void make_environment(char *texts[3], const char *environment[3])
{
	static const char *const names[] = { "PATH", "HOME" };
	size_t count = 0;

	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		const char *value = getenv(names[i]);
		if (value)
			texts[count++] =
				memory_printf("%s=%s", names[i], value);
	}
	for (size_t i = 0; i < 3; i++)
		environment[i] = texts[i];
}

static bool run_node(const char *path, struct buf *said,
	struct process_result *result, struct error *err)
{
	SCOPED(buf) struct buf errors = BUF(ERRORS_LIMIT);
	char *texts[3] = { NULL, NULL, NULL };
	const char *environment[3];
	OWNED char *folder = path_directory(path);
	const char *const argv[] = { "node", "-e", loader, path, NULL };
	const struct process process = {
		.argv = argv,
		.environment = environment,
		.directory = folder,
		.timeout_ms = TIMEOUT_MS,
		.output = said,
		.errors = &errors,
	};

	make_environment(texts, environment);
	const bool ran = process_run(&process, result, err);
	for (size_t i = 0; i < 3; i++)
		free(texts[i]);
	return ran;
}

/* A kind of error is a word; what else stands there may be of the file. */
static bool is_word(const char *text)
{
	for (const char *at = text; *at; at++)
		if (!text_is_name_byte(*at))
			return false;
	return *text != '\0';
}

static json_t *refuse(
	const char *path, const char *kind, bool timed_out, struct error *err)
{
	if (timed_out)
		error_set(err, STATUS_IO,
			_("node was not done with it after ten seconds"));
	else if (kind && is_word(kind))
		error_set(
			err, STATUS_IO, _("node cannot load it: %.60s"), kind);
	else
		error_set(err, STATUS_IO, _("node cannot load it"));
	error_at(err, "%s", path);
	if (text_equal_or_null(kind, "ERR_REQUIRE_ESM"))
		error_next(err,
			_("PM2 loads no ES module: write it as "
			  "ecosystem.config.cjs, with module.exports = { apps: "
			  "[...] }"));
	else if (timed_out)
		error_next(
			err, _("start it with node and see what it waits for"));
	else
		error_next(err, _("see what `pm2 start` says to it"));
	return NULL;
}

json_t *ecosystem_ask(const char *path, struct error *err)
{
	static const struct json_limits limits = {
		.depth = 64,
		.reals = true,
		.nulls = true,
		.controls = true,
	};
	SCOPED(buf) struct buf text = BUF(SAID_LIMIT);
	struct process_result result = { 0 };
	struct error ignored;

	if (!run_node(path, &text, &result, err)) {
		error_at(err, "%s", path);
		return NULL;
	}
	JSON_SCOPED json_t *answer = result.exited && result.exit_code == 0
		? json_parse(buf_cstring(&text), text.size, path, &limits,
			  &ignored)
		: NULL;
	const char *kind = json_text(answer, "error");
	if (!answer || kind)
		return refuse(path, kind, result.timed_out, err);
	json_t *apps = ecosystem_apps(json_object_get(answer, "said"), err);
	if (!apps)
		error_at(err, "%s", path);
	return apps;
}
