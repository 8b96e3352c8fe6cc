/* SPDX-License-Identifier: MIT */
/*
 * `init --answers`: what is made of it are settings that a vault takes, as they
 * stand, and no secret is among them.
 */
#include "fuzz.h"

#include "base/buf.h"
#include "base/json.h"
#include "base/text.h"
#include "profile/given_secrets.h"
#include "profile/profile.h"

#include <sodium.h>
#include <string.h>

/* A vault's settings are answers, too: nothing more is made of them. */
static void check_again(json_t *settings)
{
	SCOPED(buf) struct buf missing = BUF(65536);
	JSON_SCOPED json_t *answers = json_deep_copy(settings);
	struct error err = { 0 };
	JSON_SCOPED json_t *again = profile_settings_from_answers(
		answers, settings, &missing, &err);

	FUZZ_CHECK(missing.size == 0);
	FUZZ_CHECK(json_equal(settings, again));
}

static void check_settings(json_t *settings)
{
	struct profile profile = { 0 };
	struct error err = { 0 };

	if (!profile_from_settings(&profile, "production", settings, &err)) {
		FUZZ_CHECK(err.status == STATUS_INVALID && err.what[0]);
		return;
	}
	FUZZ_CHECK(profile.account_id && profile.gateway);
	for (size_t i = 0; i < profile.route_count; i++)
		FUZZ_CHECK(
			profile.routes[i].provider && profile.routes[i].path);
	for (size_t i = 0; i < profile.output_count; i++)
		FUZZ_CHECK(profile.outputs[i].path[0] != '/' &&
			!text_has_path_part(profile.outputs[i].path, ".."));
	profile_release(&profile);
	check_again(settings);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	static const struct json_limits limits = { .depth = 8 };
	SCOPED(buf) struct buf missing = BUF(65536);
	SCOPED(given_secrets) struct given_secrets secrets = { 0 };
	struct error err = { 0 };

	FUZZ_CHECK(sodium_init() >= 0);
	JSON_SCOPED json_t *answers =
		json_parse((const char *)bytes, size, "fuzz", &limits, &err);
	if (!json_is_object(answers) ||
		!given_secrets_take(&secrets, answers, &err))
		return 0;
	JSON_SCOPED json_t *settings =
		profile_settings_from_answers(answers, NULL, &missing, &err);
	FUZZ_CHECK(settings || (err.status == STATUS_INVALID && err.what[0]));
	FUZZ_CHECK(!json_object_get(settings, "secrets"));
	if (settings && missing.size == 0)
		check_settings(settings);
	return 0;
}
