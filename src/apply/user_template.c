/* SPDX-License-Identifier: MIT */
#include "apply/user_template.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/json_build.h"
#include "base/memory.h"
#include "base/text.h"
#include "os/directory.h"
#include "os/file.h"

#include <sodium.h>
#include <string.h>

bool user_template_is(const char *name)
{
	return text_starts_with(name, "./");
}

bool user_template_read(const char *directory, const char *name,
	struct buf *text, struct error *err)
{
	if (!path_check_inside(directory, name, err))
		return error_at(err, _("template %s"), name);
	OWNED char *path = path_join(directory, name);
	bool missing = false;
	bool ok = file_read(path, text, &missing, err);

	if (ok)
		return true;
	if (missing) {
		error_tell(err, STATUS_IO, _("the template is not there"),
			_("bring the file back, or give the output another "
			  "template (`aigenv help config set`)"));
	}
	return error_at(err, _("template %s"), name);
}

bool user_template_escaping(const char *name, const char *path,
	enum escaping *escaping, struct error *err)
{
	static const char suffix[] = ".mustache";
	size_t size = strlen(name);
	/* "page.mustache" has no format of its own; not html, as it has where
	 * nothing else is known: a .env would be full of &amp;. */
	OWNED char *own = memory_copy(name,
		text_ends_with(name, suffix) ? size - strlen(suffix) : size);

	*escaping = escaping_of_file(own);
	if (*escaping == ESCAPE_COUNT)
		*escaping = escaping_of_file(path);
	if (*escaping != ESCAPE_COUNT)
		return true;
	error_set(err, STATUS_INVALID,
		_("neither the template's name nor the output's tells how "
		  "values are to be written"));
	error_at(err, _("template %s, path %s"), name, path);
	return error_next(err,
		_("name the template for its format: NAME.json.mustache, or "
		  ".cjs, .env, .html, .sh, .txt (as they are), .yaml"));
}

void user_template_hash(const struct buf *text, char out[TEMPLATE_HASH_SIZE])
{
	unsigned char hash[crypto_hash_sha256_BYTES];

	(void)crypto_hash_sha256(
		hash, (const unsigned char *)buf_cstring(text), text->size);
	sodium_bin2hex(out, TEMPLATE_HASH_SIZE, hash, sizeof(hash));
}

bool user_template_check(const char *name, const struct buf *text,
	const char *sha256, struct error *err)
{
	char hash[TEMPLATE_HASH_SIZE];

	user_template_hash(text, hash);
	if (sha256 && text_equal(hash, sha256))
		return true;
	error_set(err, STATUS_LOCKED_OUT,
		_("the template is not the one that was sealed"));
	error_at(err, "%s", name);
	return error_next(
		err, _("look at the change, then `aigenv seal` takes it over"));
}

static bool record(const char *directory, json_t *output, enum hash_wish wish,
	struct error *err)
{
	SCOPED(buf) struct buf text = BUF(TEMPLATE_LIMIT);
	char hash[TEMPLATE_HASH_SIZE];
	const char *name = json_text(output, "template");
	bool has_hash = json_object_get(output, "sha256") != NULL;

	if (!name || !user_template_is(name))
		return true;
	if (has_hash && wish == HASH_MISSING)
		return true;
	if (!user_template_read(directory, name, &text, err))
		return false;
	user_template_hash(&text, hash);
	json_put_text(output, "sha256", hash);
	return true;
}

bool user_templates_record(const char *directory, json_t *settings,
	enum hash_wish wish, struct error *err)
{
	JSON_EACH(output, json_object_get(settings, "outputs"))
		if (!record(directory, output.value, wish, err))
			return false;
	return true;
}
