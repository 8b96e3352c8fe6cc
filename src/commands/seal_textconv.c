/* SPDX-License-Identifier: MIT */
#include "commands/seal_textconv.h"

#include "base/json_build.h"
#include "cli/output.h"
#include "os/file.h"
#include "vault/vault.h"
#include "versions/outline.h"

#include <string.h>

static json_t *lines_of(const struct buf *text)
{
	json_t *lines = json_new_list();

	for (const char *at = buf_cstring(text); *at;) {
		size_t size = strcspn(at, "\n");
		json_push(lines, json_new_bytes(at, size));
		at += size + (at[size] == '\n');
	}
	return lines;
}

enum status seal_textconv(
	const struct invocation *call, const char *path, struct error *err)
{
	SCOPED(buf) struct buf text = BUF(VAULT_LIMIT);
	SCOPED(buf) struct buf lines = BUF((size_t)16 * VAULT_LIMIT);
	const char *name = NULL;

	if (file_read_argument(path, &name, &text, err))
		outline_format(buf_cstring(&text), text.size, &lines);
	else if (err->status == STATUS_INVALID)
		buf_printf(&lines, OUTLINE_NO_VAULT "%s\n", err->what);
	else
		return err->status;
	output_text(call->output, "%s", buf_cstring(&lines));
	output_json(call->output,
		JSON_RECORD(JSON_VALUE("lines", lines_of(&lines))));
	return STATUS_OK;
}
