/* SPDX-License-Identifier: MIT */
#include "wording/foreign.h"

#include "base/attributes.h"
#include "base/text.h"

#include <stdbool.h>
#include <string.h>

/* The first OWN_KEYS count also where an API key is spoken of. */
#define OWN_KEYS 8

/* clang-format off */
static const struct {
	const char *owner;
	const char *words; /* of which one is in the line, in whatever case */
} rows[] = {
	{ "Stripe", "stripeauth,stripeinvalid,node_modules/stripe,sk_test_,sk_live_" },
	{ "Slack", "@slack/,slack_sdk." },
	{ "Amazon", "the aws access key id" },
	{ "GitHub", "docs.github.com/rest" },
	{ "Notion", "@notionhq" },
	{ "OpenWeather", "openweathermap" },
	{ "Firebase", "firebase" },
	{ "Supabase", "service_role" },

	{ "npm", "npm err! code e,npm err! network,npm error code e,npm error network,npmjs.org/,registry.npmmirror.com" },
	{ "Yarn", "registry.yarnpkg.com" },
	{ "pip", "pypi.org,files.pythonhosted.org,': /simple/" },
	{ "Python", "modulenotfounderror: no module named" },
	{ "Node.js", "error: cannot find module" },
	{ "git", "fatal: unable to access 'http,fatal: authentication failed for,fatal: could not read from remote,git@github.com,rpc failed; http" },
	{ "GitHub", "github api rate limit,api.github.com/,docs.github.com/,raw.githubusercontent.com" },
	{ "Docker", "error response from daemon,cannot connect to the docker daemon,registry-1.docker.io" },
	{ "apt", ".debian.org/debian,.ubuntu.com/ubuntu" },
	{ "SSH", "ssh: connect to host,permission denied (publickey" },
	{ "PostgreSQL", "psql: error,password authentication failed for user,psycopg,postgres://,postgresql://,:5432,port 5432" },
	{ "MySQL", "access denied for user ',mysql server,mysql://,:3306" },
	{ "MongoDB", "mongoservererror,mongonetworkerror,mongoserverselectionerror,mongodb://,:27017" },
	{ "Redis", "redis.exceptions.,[ioredis],redis://,:6379" },
	{ "RabbitMQ", "amqp://,:5672" },
	{ "Elasticsearch", ":9200" },
	{ "a vector database", "qdrant,weaviate,pinecone,milvus,chromadb" },
	{ "a mail server", "smtp,imaplib" },
	{ "Telegram", "api.telegram.org,telegramerror" },
	{ "Discord", "discordapierror,discord.com/api" },
	{ "Slack", "slack.com/" },
	{ "Stripe", "api.stripe.com" },
	{ "Terraform", "terraform" },
	{ "an MCP server", "mcp error -,'mcp:" },
	{ "Go", "proxy.golang.org" },
	{ "Cargo", "crates.io" },
	{ "Certbot", "certbot,acme-challenge" },
	{ "Hugging Face's downloads", "gatedrepoerror" },
	{ "Amazon", "object operation,assumerole operation,getsecretvalue operation" },
	{ "Sentry", "sentry" },
	{ "OpenAI's tracing", "skipping trace export" },
	{ "LDAP", "ldap_" },
	{ "Google", "sheets.googleapis,drive.googleapis,gmail.googleapis,calendar.googleapis,youtube.googleapis,maps.googleapis,translate.googleapis,vision.googleapis,storage.googleapis,bigquery.googleapis" },
	{ "the app's own settings", "custom config file,unrecognized_keys" },
};

/* What an API for models is called by, beside such a word. */
static const char *const apis[] = { "completions", "/v1/", "gateway.ai",
	"api key" };
/* clang-format on */

/* Longer lines are records, which tell of several things. */
#define LINE_MOST ((size_t)400)

/* The port 5432 is not the first half of 54321. */
static bool has_words(struct slice lower, const char *list)
{
	struct slice rest = slice_of(list);
	struct slice words;

	while (slice_take_item(&rest, &words)) {
		size_t at = slice_find_part(lower, words);
		struct slice behind = slice_from(lower, at + words.size);

		if (at < lower.size &&
			(*words.at != ':' || behind.size == 0 ||
				!text_is_digit(*behind.at)))
			return true;
	}
	return false;
}

const char *foreign_owner(struct slice line)
{
	if (line.size > LINE_MOST)
		return NULL;
	/* npm's word for a script that it started and that failed. */
	if (slice_contains(line, "code ELIFECYCLE"))
		return NULL;
	char text[LINE_MOST + 1];
	struct slice lower = { text, slice_lower(line, text, sizeof(text)) };
	bool of_api =
		slice_fits_any(lower, slice_contains, apis, ARRAY_SIZE(apis));
	size_t count = of_api ? OWN_KEYS : ARRAY_SIZE(rows);

	for (size_t i = 0; i < count; i++)
		if (has_words(lower, rows[i].words))
			return rows[i].owner;
	return NULL;
}
