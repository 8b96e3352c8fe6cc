/* SPDX-License-Identifier: MIT */
/*
 * Signals by what they do to a program that has no handler for them. The ones
 * that the C library keeps for itself are none.
 */
#ifndef OS_SIGNALS_H
#define OS_SIGNALS_H

#include <signal.h>

/* All numbers are below it. */
#define SIGNALS_END _NSIG

enum signal_kind {
	SIGNAL_OTHER, /* nothing happens, or nothing can be done about it */
	SIGNAL_ENDS,  /* it comes from elsewhere, and ends the program */
	SIGNAL_FAULT, /* so does this one, of a mistake of the program's own */
	SIGNAL_STOPS, /* it stops the program, and can be held back */
};

enum signal_kind signal_kind(int number);

#endif
