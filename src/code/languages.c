/* SPDX-License-Identifier: MIT */
#include "code/source_internal.h"

#include "base/attributes.h"
#include "base/slice.h"
#include "base/text.h"
#include "lexer/lexer.h"
#include "os/directory.h"

#include <string.h>

static const struct {
	const char *end;
	enum language language;
} endings[] = {
	{ ".js", LANGUAGE_JS },
	{ ".mjs", LANGUAGE_JS },
	{ ".cjs", LANGUAGE_JS },
	{ ".jsx", LANGUAGE_JS },
	{ ".ts", LANGUAGE_JS },
	{ ".mts", LANGUAGE_JS },
	{ ".cts", LANGUAGE_JS },
	{ ".tsx", LANGUAGE_JS },
	{ ".vue", LANGUAGE_JS },
	{ ".svelte", LANGUAGE_JS },
	{ ".astro", LANGUAGE_JS },
	{ ".py", LANGUAGE_PYTHON },
	{ ".rb", LANGUAGE_RUBY },
	{ ".rake", LANGUAGE_RUBY },
	{ ".ru", LANGUAGE_RUBY },
	{ "Gemfile", LANGUAGE_RUBY },
	{ "Rakefile", LANGUAGE_RUBY },
	{ ".blade.php", LANGUAGE_TEMPLATE },
	{ ".erb", LANGUAGE_TEMPLATE },
	{ ".php", LANGUAGE_PHP },
	{ ".go", LANGUAGE_GO },
	{ ".rs", LANGUAGE_RUST },
	{ ".java", LANGUAGE_JAVA },
	{ ".kt", LANGUAGE_JAVA },
	{ ".cs", LANGUAGE_JAVA },
	{ ".ex", LANGUAGE_ELIXIR },
	{ ".exs", LANGUAGE_ELIXIR },
	{ ".sh", LANGUAGE_SHELL },
	{ ".bash", LANGUAGE_SHELL },
	{ ".prisma", LANGUAGE_PRISMA },
};

/* Of settings: by what the file is called. */
static enum language language_of_settings(const char *name, struct slice text)
{
	bool is_yaml =
		text_ends_with(name, ".yml") || text_ends_with(name, ".yaml");

	if (!is_yaml && !text_ends_with(name, ".properties"))
		return LANGUAGE_NONE;
	if (text_starts_with(name, "application") ||
		text_starts_with(name, "bootstrap"))
		return LANGUAGE_SPRING;
	if (text_starts_with(name, "docker-compose") ||
		text_starts_with(name, "compose") || strstr(name, ".compose.y"))
		return is_yaml ? LANGUAGE_COMPOSE : LANGUAGE_NONE;
	/* Rails reads its own through ERB. */
	return slice_contains(text, "<%=") ? LANGUAGE_RUBY : LANGUAGE_NONE;
}

enum language language_of(const char *path, const char *text, size_t size)
{
	const char *name = path_name(path);
	const struct slice whole = { text, size };
	enum language settings = language_of_settings(name, whole);

	if (settings != LANGUAGE_NONE)
		return settings;
	for (size_t i = 0; i < ARRAY_SIZE(endings); i++)
		if (text_ends_with(name, endings[i].end))
			return endings[i].language;
	if (strchr(name, '.') || !slice_begins(whole, "#!"))
		return LANGUAGE_NONE;
	const struct slice first = slice_first(whole, slice_find(whole, '\n'));
	return slice_contains(first, "node") || slice_contains(first, "bun")
		? LANGUAGE_JS
		: slice_contains(first, "python") ? LANGUAGE_PYTHON
		: slice_contains(first, "ruby")   ? LANGUAGE_RUBY
		: slice_contains(first, "sh")     ? LANGUAGE_SHELL
						  : LANGUAGE_NONE;
}

static const struct {
	enum language language;
	struct lexicon lexicon;
} lexicons[] = {
	{ LANGUAGE_PYTHON,
		{ .hash = true,
			.triple = "\"'",
			.quotes = "\"'",
			.inner = "{",
			.inner_quotes = "\"'" } },
	{ LANGUAGE_RUBY,
		{ .hash = true,
			.quotes = "\"'",
			.inner = "#{",
			.inner_quotes = "\"" } },
	{ LANGUAGE_PHP,
		{ .slashes = true,
			.hash = true,
			.quotes = "\"'",
			.inner = "{$",
			.inner_quotes = "\"" } },
	{ LANGUAGE_GO, { .slashes = true, .quotes = "\"`", .spans = "`" } },
	{ LANGUAGE_RUST, { .slashes = true, .quotes = "\"" } },
	{ LANGUAGE_JAVA, { .slashes = true, .quotes = "\"" } },
	{ LANGUAGE_ELIXIR,
		{ .hash = true,
			.triple = "\"",
			.quotes = "\"",
			.inner = "#{",
			.inner_quotes = "\"" } },
	{ LANGUAGE_SHELL, { .hash = true, .quotes = "'\"", .as_code = "\"" } },
	{ LANGUAGE_COMPOSE, { .hash = true, .quotes = "" } },
	{ LANGUAGE_SPRING, { .hash = true, .quotes = "" } },
	{ LANGUAGE_TEMPLATE, { .quotes = "" } },
	{ LANGUAGE_PRISMA, { .slashes = true, .quotes = "\"" } },
};

const struct lexicon *lexicon_of(enum language language)
{
	for (size_t i = 0; i < ARRAY_SIZE(lexicons); i++)
		if (lexicons[i].language == language)
			return &lexicons[i].lexicon;
	return language == LANGUAGE_JS ? &lexicon_javascript : NULL;
}

#define JS LANGUAGE_JS
#define VITE_GIVES "MODE DEV PROD SSR BASE_URL"
/* A worker of Cloudflare is handed its variables, and its bindings with them,
 * as `env`: by its handlers, by Hono and by Pages' functions. */
#define OF_A_WORKER                                                            \
	"ExportedHandler|cloudflare:workers|fetch(request, env|"               \
	"fetch(req, env|fetch(_request, env|fetch(request: Request, env|"      \
	"fetch(req: Request, env|(request, env)|(request, env,|(env: Env|"     \
	", env: Env|env: Bindings|Bindings:|PagesFunction|onRequestGet|"       \
	"onRequestPost|onRequest(context|onRequest({"

/* `env` is all of the environment, beside what aliases.c finds. */
#define OF_ALL "loadEnv(|$env/dynamic/"

/* $_SERVER has the environment, and what the web server says of a request:
 * where settings are made, it is asked for the first. */
#define OF_PHP_SETTINGS                                                        \
	"$_ENV|getenv(|env(|Dotenv|define(|return [|return array("
#define PHP_SERVER_GIVES                                                       \
	"HTTP_ SERVER_ REQUEST_ REMOTE_ SCRIPT_ REDIRECT_ SSL_ PATH_ ORIG_ "   \
	"CONTENT_ CONTEXT_ DOCUMENT_ PHP_ AUTH_ FCGI_ GEOIP_ HTTPS "           \
	"GATEWAY_INTERFACE QUERY_STRING UNIQUE_ID"

#define ROW(...)                                                               \
	{                                                                      \
		__VA_ARGS__                                                    \
	}
/* Rows of: languages, what stands in front of "env", text. */
#define READS(languages_, before_, text_)                                      \
	ROW(.languages = (languages_), .before = (before_), .text = (text_))
#define MEMBER(languages_, before_, text_)                                     \
	ROW(.languages = (languages_), .before = (before_), .text = (text_),   \
		.is_member = true)
#define ASKS(languages_, text_)                                                \
	ROW(.languages = (languages_), .text = (text_), .asks = true)

const struct reading readings[] = {
	/* A call of each line's own has white space. */
	MEMBER(JS, "process .", "env%m"),
	MEMBER(JS, "process ?.", "env%m"),
	MEMBER(JS, "process [ \"", "env\" ]%m"),
	MEMBER(JS, "process [ '", "env' ]%m"),
	{ .languages = JS,
		.before = "import.meta .",
		.text = "env%m",
		.given = VITE_GIVES },
	READS(JS, "Bun.", "env%m"),
	{ .languages = JS, .before = "", .text = "env%m", .where = OF_ALL },
	{ .languages = JS,
		.before = "",
		.text = "env%m",
		.where = OF_A_WORKER,
		.is_member = true,
		.has_objects = true },
	/* Nest */
	MEMBER(JS, NULL, "configService .get %t ( %a"),
	MEMBER(JS, NULL, "configService ?.get %t ( %a"),
	MEMBER(JS, NULL, "configService .getOrThrow %t ( %a"),
	{ .languages = JS,
		.text = "config .get %t ( %a",
		.where = "ConfigService",
		.is_member = true },
	{ .languages = JS,
		.text = "config .getOrThrow %t ( %a",
		.where = "ConfigService",
		.is_member = true },
	MEMBER(LANGUAGE_PYTHON, "", "environ [ %s ]"),
	{ .languages = LANGUAGE_PYTHON,
		.text = "config ( %a",
		.where = "decouple|starlette.config" },
	READS(LANGUAGE_RUBY | LANGUAGE_TEMPLATE, "", "ENV [ %s ]"),
	READS(LANGUAGE_PHP | LANGUAGE_TEMPLATE, "$_", "ENV [ %s ]"),
	{ .languages = LANGUAGE_PHP,
		.text = "$_SERVER [ %s ]",
		.where = OF_PHP_SETTINGS,
		.given = PHP_SERVER_GIVES },
	/* Spring; Kotlin has "$" for itself. */
	READS(LANGUAGE_JAVA, NULL, "@Value ( \"${%n}"),
	READS(LANGUAGE_JAVA, NULL, "@Value ( \"\\${%n}"),
	ASKS(LANGUAGE_JAVA, "@Value ( \"${%n:"),
	ASKS(LANGUAGE_JAVA, "@Value ( \"\\${%n:"),
	READS(LANGUAGE_SHELL | LANGUAGE_COMPOSE, NULL, "${%n:?"),
	READS(LANGUAGE_SHELL | LANGUAGE_COMPOSE, NULL, "${%n?"),
	READS(LANGUAGE_COMPOSE | LANGUAGE_SPRING, NULL, "${%n}"),
	ASKS(LANGUAGE_SPRING, "${%n:"),
	ASKS(LANGUAGE_COMPOSE, "${%n:-"),
	ASKS(LANGUAGE_COMPOSE, "${%n-"),
	READS(LANGUAGE_COMPOSE, NULL, "$%n"),
};
const size_t reading_count = ARRAY_SIZE(readings);
