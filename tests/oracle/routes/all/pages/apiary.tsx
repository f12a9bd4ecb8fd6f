export default function Apiary() {
  return null;
}
