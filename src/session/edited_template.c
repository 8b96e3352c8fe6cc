/* SPDX-License-Identifier: MIT */
#include "session/edited_template.h"

#include "apply/user_template.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/text.h"
#include "session/committed.h"

static bool has_hash(const struct buf *text, const char *sha256)
{
	char hash[TEMPLATE_HASH_SIZE];

	user_template_hash(text, hash);
	return sha256 && text_equal(hash, sha256);
}

/* What is shown has to be what will be sealed. */
static bool check_unchanged(
	const struct buf *text, const json_t *output, struct error *err)
{
	if (has_hash(text, json_text(output, "sha256")))
		return true;
	error_set(err, STATUS_BUSY,
		_("the template was changed by something else in the meantime; "
		  "nothing was sealed"));
	error_at(err, "%s", json_text(output, "template"));
	return error_next(err, _("run the command again"));
}

/* Rendered with no data: only its form is looked at. */
static struct error find_fault(const json_t *output, const struct buf *text)
{
	SCOPED(buf) struct buf rendered = BUF(TEMPLATE_OUTPUT_LIMIT);
	JSON_SCOPED json_t *nothing = json_new_object();
	const char *path = json_text(output, "path");
	struct template_options options = { .name = json_text(
						    output, "template") };
	struct error err = { 0 };

	if (user_template_escaping(
		    options.name, path ? path : "", &options.escaping, &err) &&
		template_render(buf_cstring(text), text->size, nothing,
			&options, &rendered, &err))
		err.status = STATUS_OK;
	return err;
}

static bool look_at(const struct edited *edited, const json_t *output,
	const char *sealed_hash, edited_template_seen *seen, void *context,
	struct error *err)
{
	const char *directory = vault_directory(edited->session.vault);
	SCOPED(buf) struct buf before = BUF(TEMPLATE_LIMIT);
	SCOPED(buf) struct buf after = BUF(TEMPLATE_LIMIT);
	struct edited_template template = {
		.name = json_text(output, "template"),
		.before = &before,
		.after = &after,
	};

	if (!user_template_read(directory, template.name, &after, err) ||
		!check_unchanged(&after, output, err))
		return false;
	if (committed_file(directory, template.name, &before))
		template.committed = has_hash(&before, sealed_hash)
			? COMMITTED_SEALED
			: COMMITTED_OTHER;
	else
		buf_clear(&before);
	template.fault = find_fault(output, &after);
	seen(context, &template);
	return true;
}

bool edited_templates(const struct edited *edited, edited_template_seen *seen,
	void *context, struct error *err)
{
	json_t *sealed = json_object_get(
		opened_settings(edited->session.opened), "outputs");

	JSON_EACH(output, json_object_get(edited->settings, "outputs")) {
		const char *name = json_text(output.value, "template");
		const char *hash = json_text(
			json_array_get(sealed, output.index), "sha256");
		if (name && user_template_is(name) &&
			!text_equal_or_null(
				hash, json_text(output.value, "sha256")) &&
			!look_at(
				edited, output.value, hash, seen, context, err))
			return false;
	}
	return true;
}
