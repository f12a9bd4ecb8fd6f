export type PATCH = 'a type';
