/* SPDX-License-Identifier: MIT */
/*
 * `aigenv age encrypt|decrypt`: plumbing for tests and rescue, stdin to stdout
 * (vault-format section 5). Its files are named by the user and asked for no
 * more than age asks: modes are not looked at.
 */
#include "age/age.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "cli/output.h"
#include "commands/commands.h"
#include "os/file.h"
#include "os/source.h"

#include <stddef.h>
#include <unistd.h>

static const struct command command_age_encrypt, command_age_decrypt;
static run_command run_decrypt, run_encrypt;

const struct command command_age = {
	.name = "age",
	.summary = N_("encrypt and decrypt age files, for scripts and rescue"),
	.subcommands = SUBCOMMANDS(&command_age_encrypt, &command_age_decrypt),
	.hidden = true,
};

#define IDENTITY_FILE_LIMIT ((size_t)1 << 20)

struct values {
	struct text_list identities, recipients;
	const char *passphrase_file;
	bool armor;
};

#define PASSPHRASE_OPTION                                                      \
	OPTION(values, passphrase_file, "passphrase-file", .value = "FILE",    \
		.is_file = true,                                               \
		.help = N_("the passphrase is this file's first line"))

static const struct command command_age_decrypt = {
	.name = "decrypt",
	.summary = N_("decrypt stdin to stdout"),
	.description =
		N_("Takes files of at most 64 MiB of text, armored or not, "
		   "and writes nothing unless all of it is authentic."),
	OPTIONS(values,
		OPTION(values, identities, "identity", .letter = 'i',
			.value = "FILE", .is_file = true,
			.help = N_("try the identities in this file")),
		PASSPHRASE_OPTION),
	.examples = EXAMPLES(
		{ "aigenv age decrypt --identity identity.txt <in.age >out",
			NULL }),
	.statuses = read_statuses,
	.run = run_decrypt,
};

static bool read_passphrase(
	const char *path, struct secret *passphrase, struct error *err)
{
	if (!source_read_line(path, passphrase, err))
		return false;
	if (passphrase->size > 0)
		return true;
	error_set(err, STATUS_INVALID, _("the passphrase is empty"));
	error_at(err, "%s", path);
	return error_next(err, _("put it into the first line of that file"));
}

/* An identity file may be an age file itself, locked with the passphrase. */
static bool read_locked_identities(const char *path, const struct buf *text,
	const struct secret *passphrase, struct age_identities *identities,
	struct error *err)
{
	SCOPED(secret) struct secret plain = { 0 };

	if (!age_decrypt(
		    text->data, text->size, NULL, passphrase, &plain, err)) {
		error_prefix(err, _("the identity file cannot be opened"));
		return error_at(err, "%s", path);
	}
	return age_identities_parse(
		secret_reveal(&plain), plain.size, path, identities, err);
}

static bool read_identities(const char *path, const struct secret *passphrase,
	struct age_identities *identities, struct error *err)
{
	SCOPED(buf) struct buf text = BUF(IDENTITY_FILE_LIMIT);
	bool missing = false;

	if (!file_read_given(path, &text, NULL, &missing, err)) {
		if (missing)
			err->status = STATUS_LOCKED_OUT;
		return false;
	}
	if (age_is_encrypted(buf_cstring(&text), text.size))
		return read_locked_identities(
			path, &text, passphrase, identities, err);
	return age_identities_parse(
		buf_cstring(&text), text.size, path, identities, err);
}

static bool decrypt(const struct values *values,
	struct age_identities *identities, struct output *output,
	struct error *err)
{
	SCOPED(buf) struct buf input = BUF(AGE_FILE_LIMIT);
	SCOPED(secret) struct secret passphrase = { 0 };
	SCOPED(secret) struct secret plain = { 0 };
	const struct secret *with =
		values->passphrase_file ? &passphrase : NULL;

	if (with && !read_passphrase(values->passphrase_file, &passphrase, err))
		return false;
	for (size_t i = 0; i < values->identities.count; i++)
		if (!read_identities(
			    values->identities.items[i], with, identities, err))
			return false;
	if (!file_read_descriptor(STDIN_FILENO, "stdin", &input, err))
		return false;
	if (!age_decrypt(buf_cstring(&input), input.size, identities, with,
		    &plain, err))
		return error_at(err, "stdin");
	output_bytes(output, secret_reveal(&plain), plain.size);
	return true;
}

static enum status run_decrypt(struct invocation *call, struct error *err)
{
	const struct values *values = COMMAND_VALUES(values, call);
	struct age_identities identities = { 0 };

	if (values->identities.count == 0 && !values->passphrase_file) {
		error_tell(err, STATUS_USAGE,
			_("there is nothing to decrypt with"),
			_("give --identity FILE or --passphrase-file FILE"));
		return err->status;
	}
	bool good = decrypt(values, &identities, call->output, err);

	age_identities_release(&identities);
	return good ? STATUS_OK : err->status;
}

static const struct command command_age_encrypt = {
	.name = "encrypt",
	.summary = N_("encrypt stdin to stdout"),
	.description = N_("Takes at most 64 MiB."),
	OPTIONS(values,
		OPTION(values, recipients, "recipient", .letter = 'r',
			.value = "RECIPIENT",
			.help = N_("who can open it: age1... or \"ssh-ed25519 "
				   "AAAA...\"")),
		OPTION(values, armor, "armor", .letter = 'a',
			.help = N_("write text, not bytes")),
		PASSPHRASE_OPTION),
	.examples = EXAMPLES(
		{ "aigenv age encrypt -a -r age1... <in >out.age", NULL }),
	.statuses = (const enum status[]){ STATUS_USAGE, STATUS_INVALID,
		STATUS_IO, STATUS_OK },
	.run = run_encrypt,
};

static bool parse_recipients(const struct text_list *texts,
	struct age_recipient *recipients, struct error *err)
{
	for (size_t i = 0; i < texts->count; i++)
		if (!age_recipient_parse(texts->items[i], &recipients[i], err))
			return error_at(err,
				_("recipient %zu on the command line"), i + 1);
	return true;
}

static bool encrypt(const struct values *values,
	struct age_recipient *recipients, struct output *output,
	struct error *err)
{
	SCOPED(buf) struct buf input = BUF(AGE_INPUT_LIMIT);
	SCOPED(buf) struct buf file = BUF(AGE_FILE_LIMIT);
	SCOPED(secret) struct secret passphrase = { 0 };
	struct age_encryption to = { .recipients = recipients,
		.count = values->recipients.count,
		.armor = values->armor };

	if (!parse_recipients(&values->recipients, recipients, err))
		return false;
	if (values->passphrase_file) {
		if (!read_passphrase(values->passphrase_file, &passphrase, err))
			return false;
		to.passphrase = &passphrase;
	}
	if (!file_read_descriptor(STDIN_FILENO, "stdin", &input, err) ||
		!age_encrypt(&to, buf_cstring(&input), input.size, &file, err))
		return false;
	output_bytes(output, file.data, file.size);
	return true;
}

static enum status run_encrypt(struct invocation *call, struct error *err)
{
	const struct values *values = COMMAND_VALUES(values, call);
	size_t count = values->recipients.count;

	if ((count == 0) == (values->passphrase_file == NULL)) {
		error_tell(err, STATUS_USAGE,
			_("age files are for recipients or for a passphrase"),
			_("give either -r RECIPIENT or --passphrase-file "
			  "FILE"));
		return err->status;
	}
	OWNED struct age_recipient *recipients =
		memory_array(count + 1, sizeof(*recipients));
	bool good = encrypt(values, recipients, call->output, err);

	return good ? STATUS_OK : err->status;
}
