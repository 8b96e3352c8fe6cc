/* SPDX-License-Identifier: MIT */
#include "code/source_internal.h"

#include "base/attributes.h"
#include "base/memory.h"
#include "base/text.h"
#include "catalogue/catalogue.h"
#include "os/directory.h"

#include <string.h>

/* In the environment of every program, or of every one of a runtime, a CI
 * service or a hosting platform; flags that are off where they are not set. */
static const char *const given[] = { "PATH", "HOME", "USER", "LOGNAME", "SHELL",
	"LANG", "LANGUAGE", "TZ", "TERM", "TERM_PROGRAM", "PWD", "OLDPWD",
	"SHLVL", "TMPDIR", "TMP", "TEMP", "HOSTNAME", "HOST", "PORT", "EDITOR",
	"VISUAL", "PAGER", "BROWSER", "DISPLAY", "COLUMNS", "LINES", "EUID",
	"UID", "GID", "PPID", "RANDOM", "SECONDS", "REPLY", "OPTARG", "OPTIND",
	"IFS", "LINENO", "PIPESTATUS", "FUNCNAME", "USERPROFILE", "APPDATA",
	"LOCALAPPDATA", "PROGRAMFILES", "SYSTEMROOT", "COMSPEC", "OSTYPE",
	"NODE_ENV", "NODE_OPTIONS", "NODE_DEBUG", "NODE_PATH", "DEBUG",
	"VERBOSE", "LOG_LEVEL", "NO_COLOR", "FORCE_COLOR", "CI", "ANALYZE",
	"PYTHONPATH", "VIRTUAL_ENV", "RAILS_ENV", "RACK_ENV", "APP_ENV",
	"MIX_ENV", "GIN_MODE", "GOPATH", "GOOS", "GOARCH", "CARGO", "OUT_DIR",
	"DYNO", "URL", "DEPLOY_URL", "CONTEXT", "VITEST", "JEST",
	"EDGE_RUNTIME", "INIT_CWD", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY",
	"ALL_PROXY", "SSH_AUTH_SOCK", "SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY",
	"SUDO_USER", "INVOCATION_ID", "JOURNAL_STREAM", "NOTIFY_SOCKET",
	"NODE_APP_INSTANCE", "PMID", "HOMEDRIVE", "HOMEPATH", "COLORTERM",
	"RUBYOPT", "RUBYLIB", "PYTHONHOME", "PYTHONUNBUFFERED", "NVM_DIR",
	"NVM_HOME", "REQUEST_METHOD", "SERVER_PROTOCOL", "CONTENT_TYPE",
	"CONTENT_LENGTH", "SCRIPT_FILENAME", "QUERY_STRING", "REMOTE_ADDR",
	"REMOTE_USER", "PATH_INFO", "SCRIPT_NAME", "HTTP_COOKIE",
	"HTTP_USER_AGENT", "HTTP_REFERER", "HTTP_AUTHORIZATION", "HTTP_ORIGIN",
	"GOROOT", "GOFLAGS", "GOPROXY", "GOBIN", "GOCACHE", "GOMODCACHE",
	"GEM_HOME", "GEM_PATH", "TERMINAL_EMULATOR" };

static const char *const given_prefixes[] = { "LC_", "XDG_", "BASH_", "ZSH_",
	"BASH", "GITHUB_ACTION", "GITHUB_SHA", "GITHUB_REF", "GITHUB_RUN_",
	"GITHUB_REPOSITORY", "GITHUB_WORK", "GITHUB_EVENT_", "GITHUB_ENV",
	"GITHUB_OUTPUT", "GITHUB_STEP_", "GITHUB_HEAD_", "GITHUB_BASE_",
	"GITHUB_SERVER_", "GITHUB_API_URL", "GITHUB_JOB", "GITHUB_TOKEN",
	"RUNNER_", "GITLAB_CI", "GITLAB_USER_", "CI_", "CIRCLE", "TRAVIS",
	"BUILDKITE", "JENKINS_", "VERCEL", "NEXT_RUNTIME", "NEXT_PHASE", "NOW_",
	"NETLIFY", "DEPLOY_PRIME_URL", "CF_PAGES", "RAILWAY_", "RENDER", "FLY_",
	"HEROKU_", "KUBERNETES_", "AWS_LAMBDA_", "AWS_REGION",
	"AWS_EXECUTION_ENV", "K_SERVICE", "K_REVISION", "K_CONFIGURATION",
	"GAE_", "WEBSITE_SITE_", "WEBSITE_HOST", "WEBSITE_INSTANCE_",
	"WEBSITE_NODE_", "CARGO_", "JEST_", "VITEST_", "VITE_USER_NODE_ENV",
	"STORYBOOK", "TAURI_", "CODESPACE", "GITPOD_", "REPL_", "DENO_", "BUN_",
	"YARN_", "PNPM_", "NPM_", "GIT_", "SSH_", "TMUX", "KITTY_", "ITERM_",
	"WSL", "PM2_", "COMP_", "LD_", "DYLD_", "HTTP_X_", "HTTP_IF_",
	"HTTP_ACCEPT", "HTTP_TRANSFER_" };

/* By where the code runs: functions that Supabase hosts. */
static const struct {
	const char *path, *prefix;
} given_there[] = {
	{ "supabase/functions/", "SUPABASE_" },
	{ "supabase/functions/", "SB_" },
};

/* Libraries and runtimes read these themselves. */
static const char *const read_prefixes[] = { "NODE_", "NPM_", "PYTHON", "RUBY",
	"BUNDLE_", "GEM_", "RAILS_", "RACK_", "DJANGO_", "FLASK_", "UVICORN_",
	"GUNICORN_", "GO", "JAVA_", "JVM_", "SPRING_", "DOTNET_", "ASPNETCORE_",
	"AWS_", "GOOGLE_", "GCP_", "GCLOUD_", "AZURE_", "CLOUDFLARE_", "OTEL_",
	"SENTRY_", "DD_", "NEW_RELIC_", "PG", "POSTGRES_", "MYSQL_", "MARIADB_",
	"MONGO_INITDB_", "REDIS_", "RABBITMQ_", "MINIO_", "NEXTAUTH_", "AUTH_",
	"NUXT_", "NITRO_", "PRISMA_", "NEXT_TELEMETRY", "TURBO_", "OPENAI_",
	"ANTHROPIC_", "LANGCHAIN_", "LANGSMITH_", "HF_", "CELERY_", "COMPOSE_",
	"DOCKER_", "PM2_", "WEB_CONCURRENCY", "MALLOC_", "LD_", "SSL_CERT_",
	"CURL_CA_", "DATABASE_URL", "SECRET_KEY_BASE", "VITE_", "NEXT_PUBLIC_",
	"REACT_APP_", "EXPO_PUBLIC_", "PUBLIC_" };

/* In the files that a new app of Laravel has under config/. */
static const char *const offered[] = { "APP_", "ASSET_URL", "AUTH_", "ABLY_",
	"AWS_", "BCRYPT_", "BROADCAST_", "CACHE_", "DB_", "DYNAMODB_",
	"FILESYSTEM_", "HASH_", "LOG_", "MAIL_", "MAILGUN_", "MEMCACHED_",
	"MYSQL_ATTR_", "PAPERTRAIL_", "POSTMARK_", "PUSHER_", "QUEUE_",
	"REDIS_", "RESEND_", "REVERB_", "SANCTUM_", "SES_", "SESSION_",
	"SLACK_", "SPARKPOST_", "SQS_", "VIEW_", "BEANSTALKD_" };

bool platform_offers(const char *name)
{
	return text_fits_any(
		name, text_starts_with, offered, ARRAY_SIZE(offered));
}

bool platform_gives(const char *name)
{
	return text_fits_any(name, text_equal, given, ARRAY_SIZE(given)) ||
		text_ends_with(name, "_DEBUG") ||
		text_fits_any(name, text_starts_with, given_prefixes,
			ARRAY_SIZE(given_prefixes));
}

bool platform_gives_to(const char *path, const char *name)
{
	for (size_t i = 0; i < ARRAY_SIZE(given_there); i++)
		if (strstr(path, given_there[i].path) &&
			text_starts_with(name, given_there[i].prefix))
			return true;
	return false;
}

bool platform_reads(const char *name)
{
	return platform_gives(name) ||
		text_fits_any(name, text_starts_with, read_prefixes,
			ARRAY_SIZE(read_prefixes)) ||
		catalogue_find_by_key(name, "", 0) != NULL;
}

/* By a part of the name, and by the end of the path. */
static const char *const env_parts[] = { ".env", ".dev.vars", ".flaskenv",
	"env.example", "env.sample", "env.template", "env.dist" };
static const char *const giving_ends[] = { ".yml", ".yaml", ".toml",
	".properties", "wrangler.json", "wrangler.jsonc", "vercel.json",
	"app.json", "now.json", "Procfile", ".tfvars", ".service",
	"devcontainer.json", "package.json", "phpunit.xml", "phpunit.xml.dist",
	".nix", "Makefile", "justfile", ".tf", ".fish", ".ps1", ".cmd", ".bat",
	".ini", ".cfg", ".conf", "launch.json", "launchSettings.json",
	"local.settings.json", "nodemon.json" };
/* By what it has: definitions of tasks of ECS, called anything. */
static const char giving_json[] = "\"containerDefinitions\"";

static bool is_dockerfile(const char *name)
{
	return text_starts_with(name, "Dockerfile") ||
		text_ends_with(name, "Dockerfile") ||
		text_starts_with(name, "Containerfile");
}

static bool is_env_file(const char *name)
{
	return text_fits_any(name, text_starts_with, env_parts,
		       ARRAY_SIZE(env_parts)) ||
		text_ends_with(name, ".env") ||
		text_starts_with(name, "example.env");
}

bool path_is_env_file(const char *path)
{
	return is_env_file(path_name(path));
}

bool source_gives(const struct source *source)
{
	const char *name = path_name(source->path);

	if (is_env_file(name) || is_dockerfile(name) ||
		text_starts_with(name, "ecosystem.") ||
		text_fits_any(name, text_ends_with, giving_ends,
			ARRAY_SIZE(giving_ends)))
		return true;
	return text_ends_with(name, ".json") && source_has(source, giving_json);
}

bool path_only_gives(const char *path)
{
	const char *name = path_name(path);

	return is_env_file(name) || text_starts_with(name, "ecosystem.") ||
		text_ends_with(name, ".md") || text_ends_with(name, ".mdx") ||
		text_equal(name, "aigenv.json");
}

/* Less what stands behind src/main/: packages of Java and Kotlin, as
 * com.example.demo, are no folders with examples. */
static char *without_packages(const char *path)
{
	const char *packages = strstr(path, "src/main/");

	return packages ? memory_printf("%.*s", (int)(packages - path), path)
			: memory_text(path);
}

static bool has_any_folder(
	const char *path, const char *const *folders, size_t count)
{
	const char *name = path_name(path);
	bool found = false;

	for (size_t i = 0; i < count && !found; i++)
		found = text_has_path_part(path, folders[i]) &&
			!text_equal_ignoring_case(name, folders[i]);
	return found;
}

bool path_is_aside(const char *path)
{
	static const char *const folders[] = { "test", "tests", "__tests__",
		"__mocks__", "spec", "specs", "e2e", "cypress", "playwright",
		"fixtures", "testdata", "example", "examples", "sample",
		"samples", "demo", "demos", "docs", "doc", ".github",
		".circleci", "benchmarks", "benchmark", "bench", "scripts",
		"tools", "vendor", "node_modules", "third_party", "dist",
		"build", "generated", ".storybook", "stories" };
	static const char *const names[] = { ".test.", ".spec.", "_test.",
		"_spec.", "conftest", ".stories.", ".min.", "setupTests",
		"playwright.config", "cypress.config", "vitest.config",
		"jest.config", "application-test" };
	const char *name = path_name(path);

	OWNED char *folder = without_packages(path);
	bool aside = has_any_folder(folder, folders, ARRAY_SIZE(folders));

	for (size_t i = 0; i < ARRAY_SIZE(names) && !aside; i++)
		aside = strstr(name, names[i]) != NULL;
	if (aside)
		return true;
	return text_starts_with(name, "test_");
}
