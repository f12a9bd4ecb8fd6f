export { requestRestock as notifyMe } from "./actions";
export {
  allProducts as listProducts,
  dropProduct as removeProduct,
  matchingProducts as searchProducts,
  productBySlug as findProduct,
  productsUnder as browse,
  putProduct as saveProduct,
  takeFromStock,
  waitlistOf,
} from "./products";
export type { Product } from "./products";
