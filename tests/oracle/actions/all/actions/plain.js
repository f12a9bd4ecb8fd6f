// A comment, and double quotes.
"use strict"
"use server"

export async function plain(a, b) {
  return a + b
}

export const plainArrow = async a => a
