/* SPDX-License-Identifier: MIT */
#include "emulator/gateway_internal.h"

#include "base/buf.h"
#include "base/memory.h"
#include "base/text.h"
#include "emulator/dialect.h"

#include <stdlib.h>

/* Any of the headers that providers take keys in; whatever its value. */
static bool has_credential(const struct passage *passage)
{
	const struct request *request = passage->request;
	const char *own = passage->provider->upstream->key_header;

	if (!passage->token_was_key && request_header(request, "authorization"))
		return true;
	if (passage->compat)
		return false;
	return (!text_equal(own, "authorization") &&
		       request_header(request, own)) ||
		(passage->provider->dialect == &dialect_mimo &&
			request_header(request, "api-key"));
}

static bool refuse_alias(struct passage *passage, const char *alias)
{
	const struct provider_state *provider = passage->provider;
	SCOPED(buf) struct buf names = BUF(4096);
	char *message;

	for (size_t i = 0; i < provider->stored_count; i++)
		buf_printf(&names, "%s'%s'", i ? ", " : "",
			provider->stored[i].alias);
	message = memory_printf("Provider '%s' has no BYOK credential named "
				"'%s'. Configured aliases: %s",
		provider->segment, alias, buf_cstring(&names));
	gateway_error(passage->answer, GATEWAY_NO_ALIAS, message);
	free(message);
	return false;
}

/* Neither sent nor stored: may Cloudflare pay? */
static bool check_billing(struct passage *passage)
{
	const struct settings *settings = &passage->emulator->settings;
	const struct provider_state *provider = passage->provider;

	if (passage->byok_only ||
		request_flag(passage->request, "cf-aig-no-wholesale") ||
		passage->token_was_key)
		return gateway_refuse(passage, GATEWAY_NO_CREDENTIALS);
	if (!provider->upstream->unified_billing)
		return true; /* goes on without a key */
	if (!passage->authentication)
		return gateway_refuse(passage, GATEWAY_OPEN_NO_BILLING);
	if (!settings->credits)
		return gateway_refuse(passage, GATEWAY_NO_CREDITS);
	passage->key = provider->keys.count ? provider->keys.items[0] : NULL;
	return passage->key || gateway_refuse(passage, GATEWAY_NOT_SOLD);
}

bool check_credentials(struct passage *passage)
{
	const struct provider_state *provider = passage->provider;
	/* The Unified API knows the default alias alone. */
	const char *alias = passage->compat
		? NULL
		: request_header(passage->request, "cf-aig-byok-alias");

	if (has_credential(passage)) {
		passage->key = passage->compat
			? request_bearer(passage->request, "authorization")
			: upstream_key(provider, passage->request);
		if (passage->key && !*passage->key)
			passage->key = NULL;
		return true;
	}
	passage->key = provider_stored(provider, alias ? alias : "default");
	if (passage->key)
		return true;
	if (alias)
		return refuse_alias(passage, alias);
	return check_billing(passage);
}
