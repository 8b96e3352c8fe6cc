/* SPDX-License-Identifier: MIT */
#include "age/age.h"

#include "age/bech32_internal.h"
#include "age/ssh_internal.h"
#include "base/i18n.h"
#include "base/slice.h"
#include "base/text.h"

#include <string.h>

/*
 * What people give as a recipient that is none of ours. The first prefix that
 * fits; case does not matter. The text itself is never repeated: it may be a
 * private key that was pasted by mistake.
 */
static const struct {
	const char *prefix;
	const char *what;
	const char *next;
} foreign[] = {
	/* clang-format off */
	{ "age-secret-key-",
	  N_("this is an identity, a private key, where a recipient belongs"),
	  N_("take its public half, age1... (`aigenv key show --age`)") },
	{ "ssh-ed25519",
	  N_("the ssh-ed25519 key is malformed"),
	  N_("copy it again, whole and in quotes: \"ssh-ed25519 AAAA...\", the line of the .pub file") },
	{ "ssh-",
	  N_("of SSH keys only ssh-ed25519 can be a recipient"),
	  N_("take that machine's ssh_host_ed25519_key.pub, or make an identity there (`aigenv key new`)") },
	{ "ecdsa-",
	  N_("of SSH keys only ssh-ed25519 can be a recipient"),
	  N_("take that machine's ssh_host_ed25519_key.pub, or make an identity there (`aigenv key new`)") },
	{ "sk-",
	  N_("SSH keys on a hardware token cannot be recipients"),
	  N_("take that machine's ssh_host_ed25519_key.pub, or make an identity there (`aigenv key new`)") },
	{ "age1pq1",
	  N_("post-quantum recipients (age1pq1..., mlkem768x25519) are not supported"),
	  N_("take an X25519 recipient, age1...") },
	{ "age1tag1",
	  N_("hardware recipients (age1tag1...) are not supported"),
	  N_("take an X25519 recipient, age1...") },
	{ "age1tagpq1",
	  N_("hardware recipients (age1tagpq1...) are not supported"),
	  N_("take an X25519 recipient, age1...") },
	/* clang-format on */
};

/* age1NAME1...: Bech32 takes the last "1" for its separator, and has no letter
 * of the other case and no blank, as what was pasted in pieces has. */
static bool is_plugin(const char *text)
{
	static const char signs[] = "abcdefghijklmnopqrstuvwxyz0123456789-_.";

	return text_starts_with(text, "age1") &&
		strchr(text + strlen("age1"), '1') != NULL &&
		text[strspn(text, signs)] == '\0';
}

static bool explain(const char *text, struct error *err)
{
	for (size_t i = 0; i < ARRAY_SIZE(foreign); i++) {
		if (!slice_begins_ignoring_case(
			    slice_of(text), foreign[i].prefix))
			continue;
		return error_tell(err, STATUS_INVALID, _(foreign[i].what),
			_(foreign[i].next));
	}
	if (is_plugin(text))
		return error_tell(err, STATUS_INVALID,
			_("recipients of age plugins are not supported"),
			_("take an X25519 recipient, age1..."));
	return error_tell(err, STATUS_INVALID, _("the recipient is malformed"),
		_("copy it again, whole: it begins with age1"));
}

bool age_recipient_parse(
	const char *text, struct age_recipient *recipient, struct error *err)
{
	struct age_recipient parsed = { .kind = AGE_X25519 };

	if (!bech32_decode(
		    text, strlen(text), "age", parsed.key, AGE_KEY_SIZE) &&
		!ssh_recipient_parse(text, &parsed))
		return explain(text, err);
	*recipient = parsed;
	return true;
}

void age_recipient_format(
	const struct age_recipient *recipient, char out[AGE_RECIPIENT_SIZE])
{
	SCOPED(buf) struct buf text = BUF(AGE_RECIPIENT_SIZE - 1);

	if (recipient->kind == AGE_SSH_ED25519)
		ssh_recipient_format(recipient, &text);
	else
		bech32_encode("age", recipient->key, AGE_KEY_SIZE, &text);
	memcpy(out, buf_cstring(&text), text.size + 1);
}

bool age_recipient_is(const struct age_recipient *recipient, const char *text)
{
	struct age_recipient other = { .kind = AGE_X25519 };
	struct error ignored;

	return age_recipient_parse(text, &other, &ignored) &&
		other.kind == recipient->kind &&
		memcmp(other.key, recipient->key, AGE_KEY_SIZE) == 0;
}
