"use server";

import { revalidatePath } from "next/cache";
import { productBySlug, waitingFor } from "./products";

export type RestockState = { message: string };

export async function requestRestock(
  _previous: RestockState,
  formData: FormData,
): Promise<RestockState> {
  const product = productBySlug(String(formData.get("slug")));
  const email = String(formData.get("email") ?? "");
  if (!product || !email.includes("@")) return { message: "We need a valid e-mail address." };

  waitingFor(product.slug).add(email);
  revalidatePath("/account");
  return { message: `We will write to ${email} when the ${product.name} is back.` };
}

export const leaveWaitlist = async (slug: string, email: string) => {
  waitingFor(slug).delete(email);
};
