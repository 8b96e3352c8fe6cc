/* SPDX-License-Identifier: MIT */
#include "emulator/exchange.h"

bool exchange_refuse(struct exchange *exchange, enum gateway_error error)
{
	gateway_error(exchange->answer, error, NULL);
	return false;
}

bool exchange_survives(struct exchange *exchange, enum fault_stage stage)
{
	const struct fault *fault =
		fault_take(&exchange->emulator->settings, stage);

	if (fault)
		fault_answer(fault,
			exchange->provider ? exchange->provider->dialect : NULL,
			exchange->answer);
	return !fault;
}
