/** The token of a category's colour, the same in every chart; `null` is a cause that nobody has classified. */
export function categoryColour(category: string | null): string {
  switch (category) {
    case "product":
    case "process":
      return `var(--category-${category})`;
    case "staff_training":
      return "var(--category-staff-training)";
    default:
      return "var(--category-unclassified)";
  }
}
