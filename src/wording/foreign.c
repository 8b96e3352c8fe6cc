/* SPDX-License-Identifier: MIT */
#include "wording/foreign.h"

#include "base/attributes.h"
#include "base/text.h"

#include <stdbool.h>
#include <string.h>

/* The first OWN_KEYS count also where an API key is spoken of. */
#define OWN_KEYS 7

/* clang-format off */
static const struct {
	const char *owner;
	const char *words; /* in whatever case */
} rows[] = {
	{ "Stripe", "stripeauth" },
	{ "Stripe", "sk_test_" },
	{ "Stripe", "sk_live_" },
	{ "Slack", "@slack/" },
	{ "Slack", "slack_sdk." },
	{ "Amazon", "the aws access key id" },
	{ "GitHub", "docs.github.com/rest" },

	{ "npm", "npm err! code e" },
	{ "npm", "npm err! network" },
	{ "npm", "npm error code e" },
	{ "npm", "npm error network" },
	{ "npm", "npmjs.org/" },
	{ "npm", "registry.npmmirror.com" },
	{ "Yarn", "registry.yarnpkg.com" },
	{ "pip", "pypi.org" },
	{ "pip", "files.pythonhosted.org" },
	{ "pip", "': /simple/" },
	{ "Python", "modulenotfounderror: no module named" },
	{ "Node.js", "error: cannot find module" },
	{ "git", "fatal: unable to access 'http" },
	{ "git", "fatal: authentication failed for" },
	{ "git", "fatal: could not read from remote" },
	{ "git", "git@github.com" },
	{ "git", "rpc failed; http" },
	{ "GitHub", "github api rate limit" },
	{ "GitHub", "api.github.com/" },
	{ "GitHub", "docs.github.com/" },
	{ "GitHub", "raw.githubusercontent.com" },
	{ "Docker", "error response from daemon" },
	{ "Docker", "cannot connect to the docker daemon" },
	{ "Docker", "registry-1.docker.io" },
	{ "apt", ".debian.org/debian" },
	{ "apt", ".ubuntu.com/ubuntu" },
	{ "SSH", "ssh: connect to host" },
	{ "SSH", "permission denied (publickey" },
	{ "PostgreSQL", "psql: error" },
	{ "PostgreSQL", "password authentication failed for user" },
	{ "PostgreSQL", "psycopg" },
	{ "PostgreSQL", "postgres://" },
	{ "PostgreSQL", "postgresql://" },
	{ "PostgreSQL", ":5432" },
	{ "PostgreSQL", "port 5432" },
	{ "MySQL", "access denied for user '" },
	{ "MySQL", "mysql server" },
	{ "MySQL", "mysql://" },
	{ "MySQL", ":3306" },
	{ "MongoDB", "mongoservererror" },
	{ "MongoDB", "mongonetworkerror" },
	{ "MongoDB", "mongoserverselectionerror" },
	{ "MongoDB", "mongodb://" },
	{ "MongoDB", ":27017" },
	{ "Redis", "redis.exceptions." },
	{ "Redis", "[ioredis]" },
	{ "Redis", "redis://" },
	{ "Redis", ":6379" },
	{ "RabbitMQ", "amqp://" },
	{ "RabbitMQ", ":5672" },
	{ "Elasticsearch", ":9200" },
	{ "a vector database", "qdrant" },
	{ "a vector database", "weaviate" },
	{ "a vector database", "pinecone" },
	{ "a vector database", "milvus" },
	{ "a vector database", "chromadb" },
	{ "a mail server", "smtp" },
	{ "Telegram", "api.telegram.org" },
	{ "Telegram", "telegramerror" },
	{ "Discord", "discordapierror" },
	{ "Discord", "discord.com/api" },
	{ "Slack", "slack.com/" },
	{ "Stripe", "api.stripe.com" },
	{ "Terraform", "terraform" },
	{ "Go", "proxy.golang.org" },
	{ "Cargo", "crates.io" },
	{ "Certbot", "certbot" },
	{ "Certbot", "acme-challenge" },
	{ "Hugging Face's downloads", "gatedrepoerror" },
	{ "Amazon", "object operation" },
	{ "Amazon", "assumerole operation" },
	{ "Amazon", "getsecretvalue operation" },
	{ "a mail server", "imaplib" },
	{ "Sentry", "sentry" },
	{ "LDAP", "ldap_" },
};

/* What an API for models is called by, beside such a word. */
static const char *const apis[] = { "completions", "/v1/", "gateway.ai",
	"api key" };
/* clang-format on */

/* Longer lines are records, which tell of several things. */
#define LINE_MOST ((size_t)400)

/* The port 5432 is not the first half of 54321. */
static bool has_words(struct slice line, const char *words)
{
	size_t size = strlen(words);

	if (*words != ':')
		return slice_contains_ignoring_case(line, words);
	for (size_t at = 0; at < line.size; at++)
		if (slice_has_at(line, at, words) &&
			(at + size == line.size ||
				!text_is_digit(line.at[at + size])))
			return true;
	return false;
}

const char *foreign_owner(struct slice line)
{
	if (line.size > LINE_MOST)
		return NULL;
	/* npm's word for a script that it started and that failed. */
	if (slice_contains(line, "code ELIFECYCLE"))
		return NULL;
	bool of_api = slice_fits_any(
		line, slice_contains_ignoring_case, apis, ARRAY_SIZE(apis));
	size_t count = of_api ? OWN_KEYS : ARRAY_SIZE(rows);

	for (size_t i = 0; i < count; i++)
		if (has_words(line, rows[i].words))
			return rows[i].owner;
	return NULL;
}
