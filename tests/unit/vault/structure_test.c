/* SPDX-License-Identifier: MIT */
/*
 * Every limit and type of section 2, on team.json's production with one member
 * replaced.
 */
#include "base/json.h"
#include "base/memory.h"
#include "support.h"
#include "vault/structure_internal.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

TestSuite(structure, .init = enter_folder, .fini = leave_folder);

/* The object that dotted `path` leads into; *last is its last part. */
static json_t *walk(json_t *from, char *path, char **last)
{
	char *dot = NULL;

	while ((dot = strchr(path, '.'))) {
		*dot = '\0';
		from = json_is_array(from)
			? json_array_get(from, (size_t)(path[0] - '0'))
			: json_object_get(from, path);
		cr_assert_not_null(from, "%s", path);
		path = dot + 1;
	}
	*last = path;
	return from;
}

/* Whether production is accepted with `text` (JSON) at `path`. */
static bool accepts(const char *path, const char *text, struct error *err)
{
	JSON_SCOPED json_t *vault = read_json(vector_path("team.json"));
	json_t *profile = json_object_get(
		json_object_get(vault, "profiles"), "production");
	char copy[128];
	char *last = NULL;

	(void)snprintf(copy, sizeof(copy), "%s", path);
	json_t *place = walk(profile, copy, &last);
	if (!text) {
		cr_assert_eq(json_object_del(place, last), 0, "%s", path);
	} else {
		json_t *value = json_loads(text, JSON_DECODE_ANY, NULL);
		cr_assert_not_null(value, "%s", text);
		cr_assert_eq(json_is_array(place)
				? json_array_set_new(
					  place, (size_t)(last[0] - '0'), value)
				: json_object_set_new(place, last, value),
			0);
	}
	return structure_check_profile(profile, "production", err);
}

struct row {
	const char *path;
	const char *text; /* NULL: the member is taken out */
};

#define ROUTE "settings.routes.0."
#define SLOT "secrets.EMPTY.current."
#define DAY "\"2026-11-10T09:30:00Z\""

static const struct row good[] = {
	{ "settings.x-note", "{\"any\":[1,true,{\"a-b.c\":\"\"}]}" },
	{ "settings.vars", "{}" },
	{ "settings.vars.LOG_LEVEL", "\"tab\\tand\\nline\"" },
	{ "settings.pm2", NULL },
	{ "settings.pm2.instances", "2" },
	{ "settings.pm2.instances", "\"max\"" },
	{ "settings.custom_domain", "\"https://ai.example.com\"" },
	{ "settings.max_age_days", "90" },
	{ "settings.readers", "[\"node\"]" },
	{ "settings.restart", "[\"systemctl\",\"restart\"]" },
	{ "settings.schema", "{}" },
	{ "settings.schema",
		"{\"PORT\":{\"required\":true,\"secret\":false,\"pattern\":\"^["
		"0-9]+$\","
		"\"one_of\":[\"80\",\"\"],\"description\":\"where it "
		"listens\",\"max_age_days\":30,\"x-why\":1}}" },
	{ "settings.pm2.app", "\"@acme/api\"" },
	{ "settings.pm2.app", "\"api:prod\"" },
	{ "settings.pm2.app", "\"\u5c0f\u7c73\"" },
	{ "settings.pm2.app", "[\"api\",\"worker\"]" },
	{ "settings.pm2.script", "\"dist/main.js\"" },
	{ "settings.pm2.args", "[\"--port\",\"a,b\",\"\"]" },
	{ "settings.pm2.cwd", "\"packages/api\"" },
	{ "settings.pm2.interpreter", "\"bun\"" },
	{ "settings.pm2.node_args", "[\"--max-old-space-size=512\"]" },
	{ "settings.pm2.exec_mode", "\"cluster\"" },
	{ "settings.pm2.env", "\"production\"" },
	{ "settings.pm2.ecosystem", "\"ecosystem.config.cjs\"" },
	{ ROUTE "provider", NULL },
	{ "settings.origin", NULL },
	{ ROUTE "credential", "\"stored\"" },
	{ ROUTE "alias", "\"team\"" },
	{ ROUTE "model_env", "\"MIMO_MODEL\"" },
	{ ROUTE "direct_url", "\"https://x\"" },
	{ ROUTE "x-why", "\"mine\"" },
	{ "settings.outputs.0.readers", "[\"docker\"]" },
	{ SLOT "expires", DAY },
	{ "secrets.EMPTY.previous", NULL },
	{ "recipients.web-1.age",
		"\"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8Q"
		"ERITFBUWFxgZGhscHR4f\"" },
	{ "secrets.CF_AIG_TOKEN.rotation.old_id", "\"abc\"" },
};

static const struct row bad[] = {
	{ "mode", "1" },
	{ "settings", NULL },
	{ "recipients", NULL },
	{ "key", NULL },
	{ "secrets", NULL },
	{ "sealed", NULL },
	{ "settings", "[]" },
	{ "settings.account_id", NULL },
	{ "settings.gateway", NULL },
	{ "settings.routes", NULL },
	{ "settings.account_id", "1" },
	{ "settings.acount_id", "\"x\"" },
	{ "settings.x-note", "null" },
	{ "settings.x-note", "1.5" },
	{ "settings.x-note", "{\"a b\":1}" },
	{ "settings.x-n\xc3\xb6te", "1" },
	{ "settings.x-note", "[[[\"\\u001b\"]]]" },
	{ "settings.vars", "[]" },
	{ "settings.vars.A", "1" },
	{ "settings.vars.A-B", "\"x\"" },
	{ "settings.vars.1A", "\"x\"" },
	{ "settings.vars.A", "\"\\u0007\"" },
	{ "settings.vars.A", "\"\\u007f\"" },
	{ "settings.vars.A", "\"\\r\"" },
	{ "settings.pm2.app", "\"a b\"" },
	{ "settings.pm2.app", "\"\"" },
	{ "settings.pm2.app", "\"a,b\"" },
	{ "settings.pm2.app", "\"it's\"" },
	{ "settings.pm2.app", "\"-x\"" },
	{ "settings.pm2.app", "\"7\"" },
	{ "settings.pm2.app", "\"all\"" },
	{ "settings.pm2.app", "[\"api\",\"a b\"]" },
	{ "settings.pm2.app", "[1]" },
	{ "settings.pm2.app", "7" },
	{ "settings.pm2.args", "\"--port\"" },
	{ "settings.pm2.args", "[1]" },
	{ "settings.pm2.cwd", "[]" },
	{ "settings.schema", "\".env.schema\"" },
	{ "settings.schema", "{\"A-B\":{}}" },
	{ "settings.schema", "{\"PORT\":\"x\"}" },
	{ "settings.schema", "{\"PORT\":{\"required\":\"yes\"}}" },
	{ "settings.schema", "{\"PORT\":{\"optional\":true}}" },
	{ "settings.pm2.instances", "true" },
	{ "settings.pm2.cluster", "true" },
	{ "settings.readers", "\"node\"" },
	{ "settings.readers", "[1]" },
	{ "settings.restart", "\"systemctl\"" },
	{ "settings.max_age_days", "\"90\"" },
	{ "settings.max_age_days", "true" },
	{ "settings.routes", "{}" },
	{ ROUTE "key_env", "\"1A\"" },
	{ ROUTE "modle", "\"x\"" },
	{ ROUTE "path", "7" },
	{ "settings.outputs.0.template", "\"./mine\"" },
	{ "settings.outputs.0.sha256", "\"abc\"" },
	{ "settings.outputs.0.path", "\"/etc/x\"" },
	{ "settings.outputs.0.path", "\"a/../../x\"" },
	{ "settings.outputs.0.path", "\"\"" },
	{ "recipients.a b", "{\"age\":\"x\"}" },
	{ "recipients.alice.age", NULL },
	{ "recipients.alice.age", "\"age1xyz\"" },
	{ "recipients.alice.age", "\"age1pq1xyz\"" },
	{ "recipients.alice.sign", NULL },
	{ "recipients.alice.proof", NULL },
	{ "recipients.alice.gen", "9" },
	{ "recipients.alice.gen", "0" },
	{ "recipients.alice.gen", "true" },
	{ "recipients.alice.since", "1" },
	{ "recipients.web-1.gen", "1" },
	{ "recipients.web-1.age", "\"ssh-ed25519 AAAA\"" },
	{ "recipients.web-1.age",
		"\"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8Q"
		"ERITFBUWFxgZGhscHR4f root@web-1\"" },
	{ "recipients.alice.age",
		"\"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8Q"
		"ERITFBUWFxgZGhscHR4f\"" },
	{ "key.id", "\"309F8194B9CD1DFF\"" },
	{ "key.id", "\"309f8194b9cd1d\"" },
	{ "key.age", "[\"a\",\"b\"]" },
	{ "key.age", "\"a\"" },
	{ "key.age.1", "\"\"" },
	{ "key.age.1", "\"a\\nb\"" },
	{ "key.kdf", "1" },
	{ SLOT "gen", NULL },
	{ SLOT "gen", "9" },
	{ SLOT "gen", "9007199254740992" },
	{ SLOT "gen", "-1" },
	{ SLOT "at", "\"2026-11-10 09:30:00\"" },
	{ SLOT "at", "\"2026-13-10T09:30:00Z\"" },
	{ SLOT "at", "\"2026-11-10T09:30:00+01:00\"" },
	{ SLOT "expires", "\"soon\"" },
	{ SLOT "data", "\"\"" },
	{ SLOT "data", "7" },
	{ SLOT "note", "\"x\"" },
	{ "secrets.EMPTY.pending",
		"{\"gen\":1,\"at\":" DAY ",\"data\":\"AAAA\"}" },
	{ "secrets.EMPTY.current", NULL },
	{ "secrets.A-B", "{}" },
	{ "secrets.CF_AIG_TOKEN.rotation.step", "\"staged\"" },
	{ "secrets.CF_AIG_TOKEN.rotation.step", NULL },
	{ "secrets.CF_AIG_TOKEN.rotation.when", "1" },
	{ "secrets.CF_AIG_TOKEN.previous", NULL },
	{ "secrets.EMPTY.rotation", "{\"step\":\"requested\"}" },
	{ "sealed.generation", "\"8\"" },
	{ "sealed.generation", "true" },
	{ "sealed.generation", "1" },
	{ "sealed.at", "8" },
	{ "sealed.by", "\"\"" },
	{ "sealed.by", "\"a b\"" },
	{ "sealed.core", "\"AAAA\"" },
	{ "sealed.signature", "\"AAAA\"" },
	{ "sealed.tool", "\"x\"" },
};

Test(structure, good_members_are_accepted)
{
	struct error err;

	for (size_t i = 0; i < ARRAY_SIZE(good); i++) {
		if (!good[i].text && strstr(good[i].path, "EMPTY"))
			continue; /* has none */
		cr_assert(accepts(good[i].path, good[i].text, &err),
			"%s %s: %s %s", good[i].path, good[i].text, err.what,
			err.where);
	}
}

Test(structure, bad_members_are_refused_and_named)
{
	struct error err;

	for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
		cr_assert(!accepts(bad[i].path, bad[i].text, &err), "%s %s",
			bad[i].path, bad[i].text);
		cr_assert_eq(err.status, STATUS_INVALID);
		cr_assert(strstr(err.where, "profiles.production"), "%s",
			err.where);
	}
}

Test(structure, slots_of_one_generation_are_left_to_be_refused_after_the_tags)
{
	JSON_SCOPED json_t *vault = read_json(vector_path("team.json"));
	json_t *profile = json_object_get(
		json_object_get(vault, "profiles"), "production");
	json_t *secret = json_object_get(
		json_object_get(profile, "secrets"), "CF_AIG_TOKEN");
	struct error err;

	cr_assert(structure_check_slots(profile, "production", &err));
	(void)json_object_set(json_object_get(secret, "previous"), "gen",
		json_object_get(json_object_get(secret, "current"), "gen"));
	cr_assert(structure_check_profile(profile, "production", &err), "%s",
		err.what);
	cr_assert(!structure_check_slots(profile, "production", &err));
	cr_assert_eq(err.status, STATUS_INVALID);
	cr_assert_str_eq(
		err.where, "profiles.production.secrets.CF_AIG_TOKEN.previous");
}

/* `count` members that `item` makes, as JSON. */
static char *many(
	const char *open, const char *item, size_t count, const char *close)
{
	struct buf text = BUF(4u << 20);

	buf_text(&text, open);
	for (size_t i = 0; i < count; i++) {
		buf_text(&text, i ? "," : "");
		for (const char *at = item; *at; at++) {
			if (*at == '#')
				buf_printf(&text, "%zu", i);
			else
				buf_byte(&text, *at);
		}
	}
	buf_text(&text, close);
	return buf_take(&text, NULL);
}

static void assert_limit(const char *path, const char *open, const char *item,
	size_t most, const char *close)
{
	struct error err;

	for (size_t extra = 0; extra < 2; extra++) {
		char *text = many(open, item, most + extra, close);
		cr_assert_eq(accepts(path, text, &err), extra == 0,
			"%s with %zu: %s %s", path, most + extra, err.what,
			err.where);
		free(text);
	}
}

Test(structure, counts_and_sizes_have_limits)
{
	assert_limit("settings.routes", "[", "{\"name\":\"#\"}", 32, "]");
	assert_limit("settings.outputs", "[", "{\"path\":\"#\"}", 32, "]");
	assert_limit("settings.vars", "{", "\"A#\":\"\"", 256, "}");
	assert_limit("recipients", "{",
		"\"r#\":{\"age\":\"age1wun30tdgn8fu7zm2mcak8xwwkpmneedf2cduvz0u"
		"8pqhxtt9h5jslqe6p2\"}",
		64, "}");
	assert_limit("secrets", "{",
		"\"S#\":{\"current\":{\"gen\":1,\"at\":" DAY
		",\"data\":\"65ypLbCGI+Fxg8LyE2ixTiATiiiKMT0JPSe81nUpvcrIycFNzj"
		"KbJCJp43iE4D7F9PIfOtUyVrSzI8suAE7EyFaJbe+wfLz3/NZXtvoHPWLw44UD"
		"/1UeKGUaK5wIitdWNORp2ljvlCM=\"}}",
		256, "}");
	assert_limit("key.age", "[", "\"line\"", 400, "]");
	struct error err;
	char *text = many("\"", "x", 1, "\"");
	free(text);
	char *longest = memory_new(4100);
	longest[0] = '"';
	memset(longest + 1, 'x', 4096);
	longest[4097] = '"';
	cr_assert(accepts("settings.x-note", longest, &err));
	longest[4097] = 'x';
	longest[4098] = '"';
	cr_assert(!accepts("settings.x-note", longest, &err));
	memory_free(longest, 4100);
}

Test(structure, names_of_profiles_and_recipients)
{
	char longest[66];

	memset(longest, 'a', sizeof(longest));
	longest[63] = '\0';
	cr_assert(structure_is_profile_name(longest));
	cr_assert(structure_is_profile_name("0.a_b-c"));
	cr_assert(!structure_is_profile_name("Production"));
	cr_assert(!structure_is_profile_name("-a"));
	cr_assert(!structure_is_profile_name("../x"));
	cr_assert(!structure_is_profile_name(""));
	cr_assert(!structure_is_profile_name("staging.proven"));
	cr_assert(structure_is_recipient_name("Alice@web-1.example_x"));
	cr_assert(!structure_is_recipient_name("@alice"));
	cr_assert(!structure_is_recipient_name("a/b"));
	longest[63] = 'a';
	longest[64] = '\0';
	cr_assert(!structure_is_profile_name(longest));
	cr_assert(structure_is_recipient_name(longest));
	longest[64] = 'a';
	longest[65] = '\0';
	cr_assert(!structure_is_recipient_name(longest));
}
