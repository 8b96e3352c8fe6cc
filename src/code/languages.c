/* SPDX-License-Identifier: MIT */
#include "code/source_internal.h"

#include "base/attributes.h"
#include "base/slice.h"
#include "base/text.h"
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
	{ "database.yml", LANGUAGE_RUBY },
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

enum language language_of(const char *path, const char *text, size_t size)
{
	const char *name = path_name(path);
	const struct slice whole = { text, size };

	if ((text_ends_with(name, ".yml") || text_ends_with(name, ".yaml")) &&
		(text_starts_with(name, "docker-compose") ||
			text_starts_with(name, "compose")))
		return LANGUAGE_COMPOSE;
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
	{ LANGUAGE_JS,
		{ .slashes = true,
			.quotes = "\"'`",
			.spans = "`",
			.inner = "${",
			.inner_quotes = "`" } },
	{ LANGUAGE_PYTHON,
		{ .hash = true,
			.triple = true,
			.quotes = "\"'",
			.spans = "",
			.inner = "{",
			.inner_quotes = "\"'" } },
	{ LANGUAGE_RUBY,
		{ .hash = true,
			.quotes = "\"'",
			.spans = "\"'",
			.inner = "#{",
			.inner_quotes = "\"" } },
	{ LANGUAGE_PHP,
		{ .slashes = true,
			.hash = true,
			.quotes = "\"'",
			.spans = "\"'",
			.inner = "{$",
			.inner_quotes = "\"" } },
	{ LANGUAGE_GO, { .slashes = true, .quotes = "\"`", .spans = "`" } },
	{ LANGUAGE_RUST, { .slashes = true, .quotes = "\"", .spans = "\"" } },
	{ LANGUAGE_JAVA, { .slashes = true, .quotes = "\"", .spans = "" } },
	{ LANGUAGE_ELIXIR,
		{ .hash = true,
			.triple = true,
			.quotes = "\"",
			.spans = "",
			.inner = "#{",
			.inner_quotes = "\"" } },
	{ LANGUAGE_SHELL,
		{ .hash = true,
			.quotes = "'\"",
			.spans = "'\"",
			.as_code = "\"" } },
	{ LANGUAGE_COMPOSE, { .hash = true, .quotes = "" } },
	{ LANGUAGE_PRISMA, { .slashes = true, .quotes = "\"", .spans = "" } },
};

const struct lexicon *lexicon_of(enum language language)
{
	for (size_t i = 0; i < ARRAY_SIZE(lexicons); i++)
		if (lexicons[i].language == language)
			return &lexicons[i].lexicon;
	return NULL;
}

const struct reading readings[] = {
	{ LANGUAGE_JS, "process.env .%n", false, false },
	{ LANGUAGE_JS, "process.env ?.%n", false, false },
	{ LANGUAGE_JS, "process.env [ %s ]", false, false },
	{ LANGUAGE_JS, "process.env ?.[ %s ]", false, false },
	{ LANGUAGE_JS, "import.meta.env .%n", false, false },
	{ LANGUAGE_JS, "import.meta.env ?.%n", false, false },
	{ LANGUAGE_JS, "import.meta.env [ %s ]", false, false },
	{ LANGUAGE_JS, "Bun.env .%n", false, false },
	{ LANGUAGE_JS, "Bun.env [ %s ]", false, false },
	{ LANGUAGE_JS, "Deno.env.get ( %s )", false, false },
	{ LANGUAGE_JS, "Deno.env.has ( %s )", true, false },
	{ LANGUAGE_JS, "configService.get ( %s )", true, false },
	{ LANGUAGE_JS, "configService.getOrThrow ( %s )", false, false },
	{ LANGUAGE_PYTHON, "environ [ %s ]", false, false },
	{ LANGUAGE_PYTHON, "environ.get ( %s )", false, false },
	{ LANGUAGE_PYTHON, "environ.setdefault ( %s", true, false },
	{ LANGUAGE_PYTHON, "getenv ( %s )", false, false },
	{ LANGUAGE_PYTHON, "getenv ( %s ,", true, false },
	{ LANGUAGE_PYTHON, "env ( %s )", false, false },
	{ LANGUAGE_PYTHON, "env.str ( %s )", false, false },
	{ LANGUAGE_PYTHON, "env.int ( %s )", false, false },
	{ LANGUAGE_PYTHON, "env.bool ( %s )", false, false },
	{ LANGUAGE_PYTHON, "env.list ( %s )", false, false },
	{ LANGUAGE_PYTHON, "env.url ( %s )", false, false },
	{ LANGUAGE_PYTHON, "env.db ( %s )", false, false },
	{ LANGUAGE_PYTHON, "config ( %s )", true, false },
	{ LANGUAGE_RUBY, "ENV [ %s ]", false, false },
	{ LANGUAGE_RUBY, "ENV.fetch ( %s )", false, false },
	{ LANGUAGE_RUBY, "ENV.fetch ( %s ) {", true, false },
	/* Laravel's config reads what only some of its drivers need. */
	{ LANGUAGE_PHP, "env ( %s", true, false },
	{ LANGUAGE_PHP, "getenv ( %s )", false, false },
	{ LANGUAGE_PHP, "$_ENV [ %s ]", false, false },
	{ LANGUAGE_GO, "os.Getenv ( %s )", false, false },
	{ LANGUAGE_GO, "os.LookupEnv ( %s )", true, false },
	{ LANGUAGE_GO, "env:\"%n", true, true },
	{ LANGUAGE_GO, "envconfig:\"%n", true, true },
	{ LANGUAGE_RUST, "env::var ( %s )", false, false },
	{ LANGUAGE_RUST, "env! ( %s )", false, false },
	{ LANGUAGE_RUST, "option_env! ( %s )", true, false },
	{ LANGUAGE_JAVA, "System.getenv ( %s )", false, false },
	{ LANGUAGE_JAVA, "Environment.GetEnvironmentVariable ( %s )", false,
		false },
	{ LANGUAGE_ELIXIR, "System.get_env ( %s )", true, false },
	{ LANGUAGE_ELIXIR, "System.fetch_env! ( %s )", false, false },
	{ LANGUAGE_PRISMA, "env ( %s )", false, false },
	{ LANGUAGE_SHELL | LANGUAGE_COMPOSE, "${%n:?", false, false },
	{ LANGUAGE_SHELL | LANGUAGE_COMPOSE, "${%n?", false, false },
	{ LANGUAGE_SHELL, "${%n", true, false },
	{ LANGUAGE_SHELL, "$%n", true, false },
	{ LANGUAGE_COMPOSE, "${%n}", false, false },
	{ LANGUAGE_COMPOSE, "${%n", true, false },
	{ LANGUAGE_COMPOSE, "$%n", false, false },
};
const size_t reading_count = ARRAY_SIZE(readings);
