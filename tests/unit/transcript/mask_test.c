/* SPDX-License-Identifier: MIT */
#include "transcript/mask.h"

#include "base/memory.h"

#include <criterion/criterion.h>
#include <string.h>

static void expect(const char *text, const char *masked)
{
	SCOPED(buf) struct buf out = BUF(65536);
	struct mask *mask = mask_new();

	mask_learn(mask, text, strlen(text));
	mask_text(mask, text, strlen(text), &out);
	mask_free(mask);
	cr_expect_str_eq(buf_cstring(&out), masked, "%s", text);
}

#define M "••••••••"

Test(mask, values_are_known_by_where_they_stand)
{
	expect("Authorization: Bearer Zx9plainvalue77\n",
		"Authorization: Bearer " M "ue77\n");
	expect("> x-api-key: Zx9plainvalue77", "> x-api-key: " M "ue77");
	expect("{'api-key': 'Zx9plainvalue77', 'a': 1}",
		"{'api-key': '" M "ue77', 'a': 1}");
	expect("-H 'cf-aig-authorization: Bearer Zx9plainvalue77' \\",
		"-H 'cf-aig-authorization: Bearer " M "ue77' \\");
	expect("{\\\"apiKey\\\":\\\"Zx9plainvalue77\\\",\\\"b\\\":2}",
		"{\\\"apiKey\\\":\\\"" M "ue77\\\",\\\"b\\\":2}");
	expect("['x-goog-api-key', 'Zx9plainvalue77']",
		"['x-goog-api-key', '" M "ue77']");
	expect("map[Authorization:[Bearer Zx9plainvalue77]]",
		"map[Authorization:[Bearer " M "ue77]]");
	expect("https://ann:Zx9plain@host/x?key=Zx9plainvalue77&a=b",
		"https://" M "lain@host/x?key=" M "ue77&a=b");
	expect("MIMO_API_KEY=Zx9plainvalue77 CF_AIG_TOKEN='Zx8plainvalue66'",
		"MIMO_API_KEY=" M "ue77 CF_AIG_TOKEN='" M "ue66'");
	expect("Set-Cookie: __cf_bm=abc.def; path=/\nServer: x",
		"Set-Cookie: " M "th=/\nServer: x");
	expect("{\"password\": \"hunter two\"}", "{\"password\": \"" M "\"}");
}

Test(mask, values_are_known_by_their_place_in_a_sentence)
{
	expect("Incorrect API key provided: Quarz-lamp-0042-violet. You can",
		"Incorrect API key provided: " M "olet. You can");
	expect("API key 'plain words here' not found",
		"API key '" M "here' not found");
	expect("your api key: hunter22 is invalid",
		"your api key: " M " is invalid");
	expect("the token abcd-efgh-1234 is expired",
		"the token " M "1234 is expired");
	expect("access token my_own_name is not valid.",
		"access token " M " is not valid.");
	expect("curl -u bot:correct-horse-battery https://a",
		"curl -u bot:" M "tery https://a");
	expect("curl --user 'bot:correct horse' https://a",
		"curl --user 'bot:" M "orse' https://a");
	expect("Bearer correct-horse-battery", "Bearer " M "tery");
	expect("API Key\xef\xbc\x9aZx9plainvalue77 \xe9\x94\x99",
		"API Key\xef\xbc\x9a" M "ue77 \xe9\x94\x99");
}

Test(mask, values_are_known_by_their_form)
{
	expect("key sk-proj-abcdEFGH1234 is wrong", "key " M "1234 is wrong");
	expect("got cfut_abcdefghij0123456789", "got " M "6789");
	expect("x eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl y",
		"x " M "dXJl y");
	expect("old Xy3kJ2pQ9vLmN4bT7cRwZ8sD1fGh5uYt0aEi6oKx token",
		"old " M "6oKx token");
	expect("x -----BEGIN RSA PRIVATE KEY-----\nMIIEow\nAbc=\n-----END RSA "
	       "PRIVATE KEY-----",
		"x " M "bc=\n-----END RSA PRIVATE KEY-----");
	expect("bad:\\nsk-abcdefgh12345678", "bad:\\n" M "5678");
}

Test(mask, a_value_once_found_is_masked_everywhere)
{
	expect("api-key: Zx9plainvalue77\nno such user Zx9plainvalue77",
		"api-key: " M "ue77\nno such user " M "ue77");
}

static void expect_same(const char *text)
{
	expect(text, text);
}

Test(mask, what_support_asks_for_stays)
{
	expect_same("Incorrect API key provided: undefined. You can find");
	expect_same("Incorrect API key provided: sk-or-v1********de5d.");
	expect_same("the maximum token count is 4096 and the key was fine");
	expect_same("API key not valid. Please pass a valid API key.");
	expect_same("KeyError: 'choices'; missing key 'model'");
	expect_same("an access token is required, and the api key is missing");
	expect_same("Bearer authentication, a bearer token");
	expect_same("token limit: 128000 tokens, max_tokens: 4096");
	expect_same("cf-aig-log-id: 01M854FPYXCAZQ6H7SKKC7EXZ7");
	expect_same("cf-ray: 571ee408c06606da-LHR");
	expect_same("\"request_id\":\"req_011CSHoEeqs5C35K2UUqR7Fy\"");
	expect_same("3f2504e0-4f89-11d3-9a0c-0305e82c3301");
	expect_same("/v1/0123456789abcdef0123456789abcdef/my-gateway/openai");
	expect_same("model claude-sonnet-4-5-20250929");
	expect_same("id chatcmpl-9aBcDeFgHiJkLmNoPqRsTuVwXyZ01234567");
	expect_same("Incorrect API key provided: sk-proj-****MxYA.");
	expect_same("Your api key: ****fcc2 is invalid");
	expect_same("(i.e. Authorization: Bearer YOUR_KEY), or");
	expect_same("-H \"Authorization: Bearer $MIMO_API_KEY\"");
	expect_same("\"max_tokens\": 16, \"token\": 12, \"total_tokens\":1234");
	expect_same("auth header format should be Bearer sk-...");
	expect_same("apiKey: process.env.MIMO_API_KEY,");
	expect_same("from sklearn import x; sk-learn; hf_hub_download");
	expect_same("OpenAICompatibleChatLanguageModelResponseHandler2");
}
