/* SPDX-License-Identifier: MIT */
/* Why git does not answer: it waits for whoever writes into a pipe that lies
 * where it looks for a file of its own. */
#ifndef GIT_PIPES_H
#define GIT_PIPES_H

/* A pipe that git reads in the work tree or in its own folder, absolute; NULL
 * where none was found. Looks at every folder. Owned. */
char *git_find_pipe(const char *top);

#endif
