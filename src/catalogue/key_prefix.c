/* SPDX-License-Identifier: MIT */
#include "catalogue/key_prefix.h"

#include "base/attributes.h"
#include "base/text.h"

#include <stdbool.h>
#include <string.h>

static const struct key_prefix prefixes[] = {
	{ "cfut_", ISSUER_CLOUDFLARE },
	{ "cfat_", ISSUER_CLOUDFLARE },
	{ "cfk_", ISSUER_CLOUDFLARE_LOGIN },

	{ "sk-", ISSUER_PROVIDER }, /* OpenAI, and whoever imitates it */
	{ "sk-proj-", ISSUER_PROVIDER },
	{ "sk-svcacct-", ISSUER_PROVIDER },
	{ "sk-admin-", ISSUER_PROVIDER },
	{ "sk-None-", ISSUER_PROVIDER },
	{ "sk-ant-", ISSUER_PROVIDER },
	{ "sk-ant-api03-", ISSUER_PROVIDER },
	{ "sk-or-", ISSUER_PROVIDER },
	{ "sk-or-v1-", ISSUER_PROVIDER },
	{ "sk-kimi-", ISSUER_PROVIDER },
	{ "tp-", ISSUER_PROVIDER }, /* Xiaomi's Token Plan */
	{ "AIza", ISSUER_PROVIDER },
	{ "gsk_", ISSUER_PROVIDER },
	{ "xai-", ISSUER_PROVIDER },
	{ "nvapi-", ISSUER_PROVIDER },
	{ "pplx-", ISSUER_PROVIDER },
	{ "csk-", ISSUER_PROVIDER },
	{ "hf_", ISSUER_PROVIDER },
	{ "r8_", ISSUER_PROVIDER },
	{ "fw_", ISSUER_PROVIDER },
	{ "tgp_v1_", ISSUER_PROVIDER },
	{ "bce-v3/", ISSUER_PROVIDER },

	{ "ghp_", ISSUER_OTHER }, /* GitHub */
	{ "gho_", ISSUER_OTHER },
	{ "ghu_", ISSUER_OTHER },
	{ "ghs_", ISSUER_OTHER },
	{ "ghr_", ISSUER_OTHER },
	{ "github_pat_", ISSUER_OTHER },
	{ "glpat-", ISSUER_OTHER },
	{ "xoxb-", ISSUER_OTHER }, /* Slack */
	{ "xoxp-", ISSUER_OTHER },
	{ "xoxa-", ISSUER_OTHER },
	{ "xoxr-", ISSUER_OTHER },
	{ "xoxs-", ISSUER_OTHER },
	{ "xoxe", ISSUER_OTHER },
	{ "xapp-", ISSUER_OTHER },
	{ "AKIA", ISSUER_OTHER }, /* AWS */
	{ "ASIA", ISSUER_OTHER },
	{ "LTAI", ISSUER_OTHER },  /* Alibaba Cloud */
	{ "AKID", ISSUER_OTHER },  /* Tencent Cloud */
	{ "AKLT", ISSUER_OTHER },  /* Volcengine */
	{ "ya29.", ISSUER_OTHER }, /* Google */
	{ "GOCSPX-", ISSUER_OTHER },
	{ "1//0", ISSUER_OTHER },
	{ "sk_live_", ISSUER_OTHER }, /* Stripe */
	{ "sk_test_", ISSUER_OTHER },
	{ "rk_live_", ISSUER_OTHER },
	{ "rk_test_", ISSUER_OTHER },
	{ "pk_live_", ISSUER_OTHER },
	{ "whsec_", ISSUER_OTHER },
	{ "SG.", ISSUER_OTHER },  /* SendGrid */
	{ "sbp_", ISSUER_OTHER }, /* Supabase */
	{ "sb_secret_", ISSUER_OTHER },
	{ "npm_", ISSUER_OTHER },
	{ "pypi-", ISSUER_OTHER },
	{ "dckr_pat_", ISSUER_OTHER },
	{ "dop_v1_", ISSUER_OTHER }, /* DigitalOcean */
	{ "shpat_", ISSUER_OTHER },  /* Shopify */
	{ "shpss_", ISSUER_OTHER },
	{ "ntn_", ISSUER_OTHER }, /* Notion */
	{ "lin_api_", ISSUER_OTHER },
	{ "figd_", ISSUER_OTHER },
	{ "hvs.", ISSUER_OTHER },    /* HashiCorp Vault */
	{ "sk_", ISSUER_OTHER },     /* ElevenLabs, Clerk */
	{ "lsv2_", ISSUER_OTHER },   /* LangSmith */
	{ "sntrys_", ISSUER_OTHER }, /* Sentry */
	{ "phx_", ISSUER_OTHER },    /* PostHog, the private one */
	{ "tvly-", ISSUER_OTHER },   /* Tavily */
	{ "eyJ", ISSUER_OTHER },     /* a JWT */
	{ "-----BEGIN", ISSUER_OTHER },
	{ "AGE-SECRET-KEY-", ISSUER_OTHER },
};

const struct key_prefix *key_prefix_find(const char *value, size_t size)
{
	const struct key_prefix *longest = NULL;
	size_t length = 0;

	for (size_t i = 0; size > 0 && i < ARRAY_SIZE(prefixes); i++) {
		const struct key_prefix *at = &prefixes[i];
		if (at->text[0] != value[0])
			continue;
		size_t own = strlen(at->text);
		if (own <= length || own > size ||
			memcmp(value, at->text, own) != 0)
			continue;
		longest = at;
		length = own;
	}
	return longest;
}

/* Behind a prefix: no words have as many. */
#define TAIL_LEAST 16

static bool is_label_byte(char byte)
{
	return text_is_letter(byte) || text_is_quote(byte) || byte == '_' ||
		byte == '-' || byte == ' ';
}

static bool begins_with_key(const char *value, size_t size)
{
	const struct key_prefix *prefix = key_prefix_find(value, size);
	size_t end = prefix ? strlen(prefix->text) : 0;
	const size_t start = end;

	while (prefix && end < size &&
		(text_is_name_byte(value[end]) || value[end] == '-'))
		end++;
	return end - start >= TAIL_LEAST;
}

size_t key_name_in_front(const char *value, size_t size)
{
	size_t end = 0;

	while (end < size && is_label_byte(value[end]))
		end++;
	if (end == 0 || end == size || (value[end] != ':' && value[end] != '='))
		return 0;
	end++;
	while (end < size && text_is_blank(value[end]))
		end++;
	size_t key = end < size && text_is_quote(value[end]) ? end + 1 : end;
	return begins_with_key(value + key, size - key) ? end : 0;
}
