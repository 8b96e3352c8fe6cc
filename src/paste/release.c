/* SPDX-License-Identifier: MIT */
#include "paste/paste.h"

#include <stdlib.h>

void paste_release(struct paste *paste)
{
	free(paste->origin);
	free(paste->custom_domain);
	free(paste->account_id);
	free(paste->gateway);
	free(paste->provider);
	free(paste->path);
	free(paste->model);
	free(paste->key_env);
	free(paste->direct_url);
	secret_release(&paste->token);
	secret_release(&paste->key);
	for (size_t i = 0; i < paste->note_count; i++)
		free(paste->notes[i].text);
	free(paste->notes);
	for (size_t i = 0; i < paste->other_count; i++)
		paste_release(&paste->others[i]);
	free(paste->others);
	*paste = (struct paste){ 0 };
}
