/** Packages of a registry that are not installed yet, which may be anything. The kernel tells where those are that are. */
declare module 'npm:*';
declare module 'jsr:*';
