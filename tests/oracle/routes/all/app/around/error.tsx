'use client';

export default function Failed() {
  return null;
}
