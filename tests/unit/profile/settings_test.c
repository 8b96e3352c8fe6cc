/* SPDX-License-Identifier: MIT */
#include "profile/profile.h"

#include <criterion/criterion.h>
#include <string.h>

#define ACCOUNT "0123456789abcdef0123456789abcdef"
#define HEAD "{\"account_id\":\"" ACCOUNT "\",\"gateway\":\"gw\","
#define ROUTE                                                                  \
	"\"routes\":[{\"provider\":\"custom-xiaomi\",\"model\":\"mimo-v2\"}]"

static bool make(struct profile *profile, const char *text, struct error *err)
{
	static const struct json_limits limits = { .depth = 8 };
	JSON_SCOPED json_t *settings =
		json_parse(text, strlen(text), "settings", &limits, err);

	cr_assert(settings, "%s: %s", text, err->what);
	return profile_from_settings(profile, "production", settings, err);
}

Test(settings, defaults_are_filled_in)
{
	SCOPED(profile) struct profile profile = { 0 };
	struct error err = { 0 };

	cr_assert(make(&profile, HEAD ROUTE "}", &err), "%s", err.what);
	cr_assert_str_eq(profile.name, "production");
	cr_assert_str_eq(profile.origin, DEFAULT_ORIGIN);
	cr_assert_eq(profile.route_count, 1);
	const struct route *route = &profile.routes[0];
	cr_assert_str_eq(route->name, "xiaomi");
	cr_assert_str_eq(route->path, "/v1");
	cr_assert_str_eq(route->key_env, "MIMO_API_KEY");
	cr_assert_str_eq(route->base_url,
		DEFAULT_ORIGIN "/v1/" ACCOUNT "/gw/custom-xiaomi/v1");
	cr_assert_eq(route->credential, CREDENTIAL_HEADER);
	cr_assert(route->entry);
	cr_assert_eq(profile.output_count, 1);
	cr_assert_str_eq(profile.outputs[0].path, ".env");
	cr_assert_null(profile.pm2.app);
}

Test(settings, pm2_brings_an_ecosystem_file)
{
	SCOPED(profile) struct profile profile = { 0 };
	struct error err = { 0 };

	cr_assert(
		make(&profile, HEAD ROUTE ",\"pm2\":{\"app\":\"api\"}}", &err));
	cr_assert_eq(profile.output_count, 2);
	cr_assert_str_eq(profile.outputs[1].path, "ecosystem.config.cjs");
	cr_assert_str_eq(profile.pm2.ecosystem, "ecosystem.config.cjs");
}

Test(settings, without_an_ecosystem_output_there_is_no_such_file)
{
	SCOPED(profile) struct profile profile = { 0 };
	struct error err = { 0 };

	cr_assert(make(&profile,
		HEAD ROUTE ",\"pm2\":{\"app\":\"api\"},\"outputs\":[{"
			   "\"template\":\"env\",\"path\":\".env\"}]}",
		&err));
	cr_assert_null(profile.pm2.ecosystem);
}

Test(settings, an_unknown_custom_provider_gets_v1_and_its_slugs_key)
{
	SCOPED(profile) struct profile profile = { 0 };
	struct error err = { 0 };

	cr_assert(make(&profile,
		HEAD "\"routes\":[{\"provider\":\"custom-my-llm\",\"model\":"
		     "\"m\"},{\"provider\":\"openai\",\"model\":\"m\"}]}",
		&err));
	cr_assert_str_eq(profile.routes[0].path, "/v1");
	cr_assert_str_eq(profile.routes[0].key_env, "MY_LLM_API_KEY");
	cr_assert_null(profile.routes[0].entry);
	cr_assert_str_eq(profile.routes[1].path, "");
	cr_assert_str_eq(profile.routes[1].key_env, "OPENAI_API_KEY");
}

Test(settings, a_stored_key_has_no_variable)
{
	SCOPED(profile) struct profile profile = { 0 };
	struct error err = { 0 };
	const char *names[4];

	cr_assert(make(&profile,
		HEAD "\"routes\":[{\"provider\":\"openai\",\"model\":\"m\","
		     "\"credential\":\"stored\",\"alias\":\"team\","
		     "\"key_env\":\"OPENAI_API_KEY\"}]}",
		&err));
	cr_assert_eq(profile.routes[0].credential, CREDENTIAL_STORED);
	cr_assert_null(profile.routes[0].key_env);
	cr_assert_str_eq(profile.routes[0].alias, "team");
	cr_assert_eq(profile_required_secrets(&profile, names, 4), 1);
	cr_assert_str_eq(names[0], "CF_AIG_TOKEN");
}

Test(settings, everything_wrong_is_refused_where_it_stands)
{
	static const struct {
		const char *text;
		const char *where;
	} bad[] = {
		/* clang-format off */
		{ "{\"gateway\":\"gw\"," ROUTE "}", "account_id" },
		{ HEAD "\"x\":1," ROUTE "}", "x" },
		{ HEAD "\"custom_domian\":\"https://a.com\"," ROUTE "}", "custom_domian" },
		{ HEAD "\"routes\":[]}", "routes" },
		{ HEAD "\"routes\":{}}", "routes" },
		{ HEAD "\"routes\":[3]}", "routes[0]" },
		{ HEAD "\"routes\":[{\"provider\":\"openai\"}]}", "routes[0].model" },
		{ HEAD "\"routes\":[{\"provider\":\"openai\",\"model\":3}]}", "routes[0].model" },
		{ HEAD "\"routes\":[{\"provider\":\"open ai\",\"model\":\"m\"}]}", "routes[0].provider" },
		{ HEAD "\"routes\":[{\"provider\":\"opanai\",\"model\":\"m\"}]}", "routes[0].provider" },
		{ HEAD "\"routes\":[{\"provider\":\"openai\",\"model\":\"m\",\"path\":\"/v1/\"}]}", "routes[0].path" },
		{ HEAD "\"routes\":[{\"provider\":\"openai\",\"model\":\"m\",\"keyenv\":\"A\"}]}", "routes[0].keyenv" },
		{ HEAD "\"routes\":[{\"provider\":\"openai\",\"model\":\"m\",\"key_env\":\"CF_AIG_TOKEN\"}]}", "routes[0].key_env" },
		{ HEAD "\"routes\":[{\"provider\":\"openai\",\"model\":\"m\",\"credential\":\"store\"}]}", "routes[0].credential" },
		{ HEAD "\"routes\":[{\"provider\":\"openai\",\"model\":\"m\",\"alias\":\"a\"}]}", "routes[0].alias" },
		{ HEAD "\"routes\":[{\"provider\":\"compat\",\"model\":\"gpt-5\"}]}", "routes[0].model" },
		{ HEAD "\"routes\":[{\"provider\":\"azure-openai\",\"model\":\"m\"}]}", "routes[0].path" },
		{ HEAD "\"routes\":[{\"provider\":\"openai\",\"model\":\"m\"},{\"provider\":\"openai\",\"model\":\"n\"}]}", "routes[1]" },
		{ HEAD ROUTE ",\"pm2\":{}}", "pm2.app" },
		{ HEAD ROUTE ",\"pm2\":{\"app\":\"a b\"}}", "pm2.app" },
		{ HEAD ROUTE ",\"pm2\":{\"app\":[]}}", "pm2.app" },
		{ HEAD ROUTE ",\"pm2\":{\"app\":[\"a\",\"all\"]}}", "pm2.app[1]" },
		{ HEAD ROUTE ",\"pm2\":{\"app\":\"a\",\"cwd\":\"/srv/a\"}}", "pm2.cwd" },
		{ HEAD ROUTE ",\"pm2\":{\"app\":\"a\",\"exec_mode\":\"clustre\"}}", "pm2.exec_mode" },
		{ HEAD ROUTE ",\"pm2\":{\"app\":\"a\",\"node_args\":[\"\"]}}", "pm2.node_args[0]" },
		{ HEAD ROUTE ",\"pm2\":{\"app\":\"a\",\"instances\":2000}}", "pm2.instances" },
		{ HEAD ROUTE ",\"pm2\":{\"app\":\"a\"},\"restart\":[\"x\"]}", "restart" },
		{ HEAD ROUTE ",\"restart\":[\"\"]}", "restart[0]" },
		{ HEAD ROUTE ",\"schema\":{\"PORT\":{\"max_age_days\":0}}}", "schema.PORT.max_age_days" },
		{ HEAD ROUTE ",\"schema\":{\"PORT\":{\"one_of\":[]}}}", "schema.PORT.one_of" },
		{ HEAD ROUTE ",\"pm2\":{\"app\":\"a\",\"instances\":\"many\"}}", "pm2.instances" },
		{ HEAD ROUTE ",\"pm2\":{\"app\":\"a\",\"ecosystem\":\"../x\"}}", "pm2.ecosystem" },
		{ HEAD ROUTE ",\"outputs\":[{\"template\":\"env\",\"path\":\"../.env\"}]}", "outputs[0].path" },
		{ HEAD ROUTE ",\"outputs\":[{\"template\":\"env\",\"path\":\"/etc/x\"}]}", "outputs[0].path" },
		{ HEAD ROUTE ",\"outputs\":[{\"template\":\"env\",\"path\":\"a/.Git/config\"}]}", "outputs[0].path" },
		{ HEAD ROUTE ",\"outputs\":[{\"template\":\"env\",\"path\":\"a/../../b\"}]}", "outputs[0].path" },
		{ HEAD ROUTE ",\"outputs\":[{\"template\":\"enw\",\"path\":\"x\"}]}", "outputs[0].template" },
		{ HEAD ROUTE ",\"outputs\":[{\"template\":\"./t\",\"path\":\"x\"}]}", "outputs[0].sha256" },
		{ HEAD ROUTE ",\"outputs\":[{\"template\":\"env\",\"path\":\"a\"},{\"template\":\"env\",\"path\":\"a\"}]}", "outputs[1].path" },
		{ HEAD ROUTE ",\"outputs\":[{\"template\":\"env\",\"path\":\"a\",\"readers\":[\"nodee\"]}]}", "outputs[0].readers[0]" },
		{ HEAD ROUTE ",\"vars\":{\"A\":1}}", "vars.A" },
		{ HEAD ROUTE ",\"vars\":{\"A B\":\"1\"}}", "vars" },
		{ HEAD ROUTE ",\"max_age_days\":0}", "max_age_days" },
		{ HEAD ROUTE ",\"restart\":[1]}", "restart[0]" },
		{ HEAD "\"origin\":\"http://example.com\"," ROUTE "}", "origin" },
		/* clang-format on */
	};

	for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
		struct profile profile = { 0 };
		struct error err = { 0 };
		cr_assert_not(
			make(&profile, bad[i].text, &err), "%s", bad[i].text);
		cr_assert_eq(err.status, STATUS_INVALID, "%s", bad[i].text);
		cr_assert_str_eq(err.where, bad[i].where, "%s: %s at %s",
			bad[i].text, err.what, err.where);
		cr_assert_null(profile.settings);
	}
}

Test(settings, notes_of_the_users_own_are_kept_and_not_read)
{
	SCOPED(profile) struct profile profile = { 0 };
	struct error err = { 0 };

	cr_assert(
		make(&profile, HEAD "\"x-note\":{\"a\":[1]}," ROUTE "}", &err),
		"%s", err.what);
}

Test(settings, kind_of_a_secret_comes_from_its_name)
{
	SCOPED(profile) struct profile profile = { 0 };
	struct error err = { 0 };
	const struct provider *entry = NULL;

	cr_assert(make(&profile, HEAD ROUTE "}", &err));
	cr_assert_eq(profile_secret_kind(&profile, "CF_AIG_TOKEN", &entry),
		SECRET_GATEWAY_TOKEN);
	cr_assert_eq(profile_secret_kind(&profile, "MIMO_API_KEY", &entry),
		SECRET_PROVIDER_KEY);
	cr_assert_str_eq(entry->slug, "xiaomi");
	cr_assert_eq(profile_secret_kind(&profile, "DATABASE_URL", &entry),
		SECRET_OTHER);
}
