/* SPDX-License-Identifier: MIT */
#include "emulator/gateway_error.h"

#include "base/json_build.h"

#include <stdio.h>

/* How much of the sentence the envelope repeats; older ones stop early. */
enum extent {
	EXTENT_CODE,        /* name, httpCode, internalCode */
	EXTENT_MESSAGE,     /* and message */
	EXTENT_DESCRIPTION, /* and description */
};

struct row {
	int code;
	unsigned status;
	enum extent extent;
	const char *message;
};

static const struct row rows[] = {
	/* clang-format off */
	[GATEWAY_NOT_FOUND] = { 2001, 400, EXTENT_CODE,
		"Please configure AI Gateway in the Cloudflare dashboard" },
	[GATEWAY_UNREADABLE] = { 2002, 400, EXTENT_DESCRIPTION,
		"Failed to parse model output" },
	[GATEWAY_RATE_LIMITED] = { 2003, 429, EXTENT_DESCRIPTION,
		"Rate limited" },
	[GATEWAY_NO_RESPONSE] = { 2005, 400, EXTENT_DESCRIPTION,
		"Failed to get response from provider" },
	[GATEWAY_LOOP] = { 2006, 502, EXTENT_DESCRIPTION,
		"The provider's base URL is Cloudflare's own API" },
	[GATEWAY_INVALID_PROVIDER] = { 2008, 400, EXTENT_DESCRIPTION,
		"Invalid provider" },
	[GATEWAY_UNAUTHORIZED] = { 2009, 401, EXTENT_CODE,
		"Unauthorized" },
	[GATEWAY_PROMPT_BLOCKED] = { 2016, 424, EXTENT_DESCRIPTION,
		"Prompt blocked due to security configurations" },
	[GATEWAY_RESPONSE_BLOCKED] = { 2017, 424, EXTENT_DESCRIPTION,
		"Response blocked due to security configurations" },
	[GATEWAY_BAD_CREDENTIALS] = { 2018, 400, EXTENT_DESCRIPTION,
		"Invalid User Credentials" },
	[GATEWAY_BAD_FORMAT] = { 2019, 400, EXTENT_DESCRIPTION,
		"Chat completion bad format" },
	[GATEWAY_NO_CREDITS] = { 2021, 402, EXTENT_DESCRIPTION,
		"Insufficient wholesale credits. Please add additional credits "
		"on the AI Gateway Cloudflare dashboard to continue using "
		"provider models." },
	[GATEWAY_NOT_SOLD] = { 2021, 402, EXTENT_DESCRIPTION,
		"This model is not available via unified billing. Please use "
		"BYOK." },
	[GATEWAY_WHOLESALE_RATE] = { 2021, 429, EXTENT_DESCRIPTION,
		"Wholesale rate limit exceeded for this gateway. Please reduce "
		"request rate or use BYOK." },
	[GATEWAY_NO_CREDENTIALS] = { 2021, 400, EXTENT_DESCRIPTION,
		"No provider credentials were sent or stored, and wholesale "
		"is off for this request" },
	[GATEWAY_OPEN_NO_BILLING] = { 2021, 401, EXTENT_DESCRIPTION,
		"Gateway authentication is required to use unified billing" },
	[GATEWAY_DLP_REQUEST] = { 2029, 424, EXTENT_DESCRIPTION,
		"Request content blocked due to DLP policy violations" },
	[GATEWAY_DLP_RESPONSE] = { 2030, 424, EXTENT_DESCRIPTION,
		"Response content blocked due to DLP policy violations" },
	[GATEWAY_COMPAT_DISABLED] = { 2036, 400, EXTENT_DESCRIPTION,
		"The compat endpoint is disabled on this gateway" },
	[GATEWAY_NO_ALIAS] = { 2040, 400, EXTENT_MESSAGE,
		"Provider 'custom-xiaomi' has no BYOK credential named 'x'. "
		"Configured aliases: 'y'" },
	[GATEWAY_SPEND_LIMIT] = { 2041, 429, EXTENT_DESCRIPTION,
		"Spend limit exceeded: rule 'per-user' (cost limit 0.002 per "
		"3600s, fixed)" },
	[GATEWAY_SPEND_LIMIT_NEW] = { 2045, 429, EXTENT_DESCRIPTION,
		"Spend limit exceeded: rule 'per-user' (cost limit 0.002 per "
		"3600s, fixed)" },
	[GATEWAY_BAD_CREDENTIALS_2021] = { 2021, 400, EXTENT_DESCRIPTION,
		"Invalid User Credentials" },
	[GATEWAY_BAD_CREDENTIALS_2047] = { 2047, 400, EXTENT_DESCRIPTION,
		"Invalid User Credentials" },
	[GATEWAY_NO_BALANCE] = { 2021, 402, EXTENT_DESCRIPTION,
		"Insufficient balance; add money to your gateway or use BYOK" },
	[GATEWAY_NO_BALANCE_REST] = { 2049, 402, EXTENT_DESCRIPTION,
		"Insufficient balance; add money to your gateway" },
	/* clang-format on */
};

void gateway_error(
	struct answer *answer, enum gateway_error error, const char *message)
{
	const struct row *row = &rows[error];
	const char *text = message ? message : row->message;
	json_t *body = json_build(
		"{success:false, result:[], messages:[], error:[{code:%i, "
		"message:%s}], name:'AiGatewayError', httpCode:%i, "
		"internalCode:%i}",
		row->code, text, (int)row->status, row->code);

	if (row->extent >= EXTENT_MESSAGE)
		json_put_text(body, "message", text);
	if (row->extent >= EXTENT_DESCRIPTION)
		json_put_text(body, "description", text);
	snprintf(answer->outcome, sizeof(answer->outcome), "gateway %d",
		row->code);
	answer_json(answer, row->status, body);
}
