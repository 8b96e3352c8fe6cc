/* SPDX-License-Identifier: MIT */
/*
 * The name under which this machine's user becomes a profile's first writer.
 */
#ifndef SESSION_WRITER_NAME_H
#define SESSION_WRITER_NAME_H

/*
 * The login name, in the form that a recipient's name must have (vault-format,
 * section 2, limits); "me" where there is none. Owned.
 */
char *choose_writer_name(void);

#endif
