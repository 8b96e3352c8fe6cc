/* SPDX-License-Identifier: MIT */
/*
 * Pastes. Whatever comes in: what is taken makes a base URL as it is, and what
 * people are told is one printable line a note.
 */
#include "fuzz.h"

#include "paste/paste.h"
#include "profile/profile.h"

#include "profile/base_url.h"

#include <stdlib.h>
#include <string.h>

static void check_notes(const struct paste *paste)
{
	for (size_t i = 0; i < paste->note_count; i++) {
		FUZZ_CHECK(*paste->notes[i].label);
		for (const char *at = paste->notes[i].text; *at; at++)
			FUZZ_CHECK((unsigned char)*at >= 0x20 && *at != 0x7f);
	}
}

/* Parts of the right form alone, for those that are missing. */
static void check_parts(const struct paste *paste)
{
	struct error err = { 0 };
	struct base_url_parts parts = {
		.origin = paste->origin,
		.custom_domain = paste->custom_domain,
		.account_id = paste->account_id
			? paste->account_id
			: "00000000000000000000000000000000",
		.gateway = paste->gateway ? paste->gateway : "default",
		.provider = paste->provider ? paste->provider : "openai",
		.path = paste->path ? paste->path : "",
	};
	char *url = base_url_build(&parts, &err);

	FUZZ_CHECK(url);
	free(url);
	FUZZ_CHECK(!paste->model || setting_check_model(paste->model, &err));
	FUZZ_CHECK(!paste->key_env ||
		setting_check_variable(paste->key_env, &err));
}

/* What was built is taken apart into the same parts. */
static void check_again(const struct paste *paste)
{
	struct address address = { 0 };
	struct error err = { 0 };

	if (!paste->account_id || !paste->gateway || !paste->provider ||
		!paste->path || paste->custom_domain || paste->origin)
		return;
	struct base_url_parts parts = {
		.account_id = paste->account_id,
		.gateway = paste->gateway,
		.provider = paste->provider,
		.path = paste->path,
	};
	char *url = base_url_build(&parts, &err);
	FUZZ_CHECK(url && address_parse(url, &address, &err));
	FUZZ_CHECK(strcmp(address.account_id, paste->account_id) == 0);
	FUZZ_CHECK(strcmp(address.gateway, paste->gateway) == 0);
	FUZZ_CHECK(strcmp(address.provider, paste->provider) == 0);
	free(url);
	address_release(&address);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct paste paste = { 0 };
	struct error err = { 0 };

	if (!paste_read((const char *)bytes, size, &paste, &err)) {
		FUZZ_CHECK(err.status == STATUS_INVALID);
		return 0;
	}
	check_notes(&paste);
	check_parts(&paste);
	check_again(&paste);
	paste_release(&paste);
	return 0;
}
