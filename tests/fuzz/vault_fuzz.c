/* SPDX-License-Identifier: MIT */
/*
 * The vault's text: what is accepted has profiles where the layout says they
 * are, and is accepted again once it was put in order and written.
 */
#include "fuzz.h"

#include "base/json.h"
#include "vault/layout_internal.h"
#include "vault/structure_internal.h"
#include "vault/vault_internal.h"

#include <sodium.h>

static void check_span(
	const struct vault *vault, struct span span, json_t *expected)
{
	FUZZ_CHECK(span.start < span.end && span.end <= vault->text_size);
	JSON_SCOPED json_t *value = json_loadb(vault->text + span.start,
		span.end - span.start, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
	FUZZ_CHECK(json_equal(value, expected));
}

/* Taken apart, it says what it says as a whole. */
static void check_parts(const struct vault *vault)
{
	JSON_SCOPED json_t *whole = json_loadb(vault->text, vault->text_size,
		JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, NULL);
	json_t *profiles = vault_parsed_all(vault);

	FUZZ_CHECK(json_equal(vault->root, whole));
	FUZZ_CHECK(vault->placed_count == json_object_size(profiles));
	for (size_t i = 0; i < vault->placed_count; i++) {
		const struct placed_profile *placed = &vault->placed[i];
		JSON_SCOPED json_t *quoted = json_string(placed->name);

		check_span(vault, placed->span.name, quoted);
		check_span(vault, placed->span.value,
			json_object_get(profiles, placed->name));
	}
}

static void check_written(json_t *profile, const char *name)
{
	SCOPED(buf) struct buf text = BUF((size_t)4 * VAULT_LIMIT);
	JSON_SCOPED json_t *ordered = structure_in_order(profile);
	struct error err;

	FUZZ_CHECK(json_equal(ordered, profile));
	layout_format_profile(ordered, &text);
	if (buf_failed(&text))
		return;
	JSON_SCOPED json_t *again = json_loadb(text.data, text.size, 0, NULL);
	FUZZ_CHECK(json_equal(again, profile));
	FUZZ_CHECK(structure_check_profile(again, name, &err));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct error err = { 0 };
	const char *name = NULL;
	json_t *profile = NULL;

	FUZZ_CHECK(sodium_init() >= 0);
	struct vault *vault = vault_create("fuzz.json");
	if (!vault_take_text(vault, (const char *)bytes, size, &err)) {
		FUZZ_CHECK(err.status == STATUS_INVALID && err.where[0]);
		vault_free(vault);
		return 0;
	}
	check_parts(vault);
	json_object_foreach(vault_parsed_all(vault), name, profile) {
		if (structure_check_profile(profile, name, &err))
			check_written(profile, name);
		else
			FUZZ_CHECK(err.status == STATUS_INVALID);
	}
	vault_free(vault);
	return 0;
}
